// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/edit_commands.h"

#include <memory>
#include <optional>
#include <utility>

#include <QPointer>
#include <QWidget>

#include "core/edit/apply.h"
#include "core/image/decode.h"
#include "ui/document/document.h"
#include "ui/document/edit_name.h"
#include "ui/document/intervention_steps.h"
#include "ui/document/picture_removals.h"
#include "ui/edit_panel/edit_panel.h"
#include "ui/edit_panel/selected_edit_form.h"
#include "ui/engine/paths.h"
#include "ui/tools/painting.h"
#include "ui/window/window_actions.h"

namespace ocellus {

namespace {

/// "Undo Brush"; a name is no place for the mark of a key.
QString withStep(const QString& verb, QString step)
{
    return step.isEmpty() ? verb : verb + QLatin1Char(' ') + step.replace("&", "&&");
}

} // namespace

EditCommands::EditCommands(Document& document, InterventionSteps& interventions, PictureRemovals& removals,
                           WindowActions& actions, AskForFiles ask, QWidget* window)
    : QObject(window),
      m_document(document),
      m_editor(document.editor()),
      m_interventions(interventions),
      m_removals(removals),
      m_actions(actions),
      m_ask(std::move(ask)),
      m_window(window)
{
    connect(actions.at(Command::Undo), &QAction::triggered, this, &EditCommands::undo);
    connect(actions.at(Command::Redo), &QAction::triggered, this, &EditCommands::redo);
    connect(actions.at(Command::DeleteEdit), &QAction::triggered, this, &EditCommands::erase);
    connect(actions.at(Command::CopyEdits), &QAction::triggered, this, &EditCommands::copy);
    connect(actions.at(Command::PasteEdits), &QAction::triggered, this, &EditCommands::paste);
    connect(actions.at(Command::ResetEdits), &QAction::triggered, this, &EditCommands::reset);
    connect(&m_editor, &PictureEditor::changed, this, &EditCommands::refresh);
    connect(&m_editor, &PictureEditor::selectedEditChanged, this, &EditCommands::refresh);
    connect(&m_interventions, &InterventionSteps::changed, this, &EditCommands::refresh);
    connect(&m_removals, &PictureRemovals::changed, this, &EditCommands::refresh);
    refresh();
}

void EditCommands::connectTo(EditPanel& panel, Painting& painting)
{
    SelectedEditForm* form = panel.selectedEdit();
    connect(form, &SelectedEditForm::colourPickRequested, &painting,
            [&painting] { painting.tools().choose(ToolKind::ColourPicker); });
    connect(&painting, &Painting::colourPicked, &panel, &EditPanel::takeColour);
    connect(form, &SelectedEditForm::patchSourceRequested, this, [this, &panel] { choosePatchSource(panel); });
}

void EditCommands::refresh()
{
    const EditHistory& history = m_editor.history();
    const bool hasEdits = !history.state().edits.empty();
    std::optional<QString> undone;
    if (m_removals.canUndo())
        undone = tr("Removing %1").arg(m_removals.pictureName());
    else if (m_interventions.canUndo())
        undone = m_interventions.stepName(m_interventions.done() - 1);
    else if (history.canUndo())
        undone = shownName(history.stepName(history.position() - 1));
    std::optional<QString> redone;
    if (m_interventions.canRedo())
        redone = m_interventions.stepName(m_interventions.done());
    else if (history.canRedo())
        redone = shownName(history.stepName(history.position()));
    m_actions.at(Command::Undo)->setEnabled(undone.has_value());
    m_actions.at(Command::Undo)->setText(withStep(tr("&Undo"), undone.value_or(QString())));
    m_actions.at(Command::Redo)->setEnabled(redone.has_value());
    m_actions.at(Command::Redo)->setText(withStep(tr("&Redo"), redone.value_or(QString())));
    m_actions.at(Command::DeleteEdit)->setEnabled(m_editor.selectedEdit() >= 0);
    m_actions.at(Command::CopyEdits)->setEnabled(hasEdits);
    m_actions.at(Command::PasteEdits)->setEnabled(m_editor.isReady() && !m_copied.empty());
    m_actions.at(Command::ResetEdits)->setEnabled(hasEdits);
}

void EditCommands::undo()
{
    if (m_removals.canUndo())
        m_removals.undo();
    else if (m_interventions.canUndo())
        m_interventions.undo();
    else
        m_editor.undo();
}

void EditCommands::redo()
{
    if (m_interventions.canRedo())
        m_interventions.redo();
    else
        m_editor.redo();
}

void EditCommands::erase()
{
    if (m_editor.selectedEdit() >= 0)
        m_editor.eraseEdit(static_cast<std::size_t>(m_editor.selectedEdit()));
}

void EditCommands::copy()
{
    m_copied = m_editor.state().edits;
    refresh();
}

void EditCommands::paste()
{
    const std::size_t first = m_editor.state().edits.size();
    Size picture = m_editor.pictureSize();
    std::vector<EditChange> changes;
    try {
        for (const Edit& edit : m_copied) {
            if (edit.enabled)
                requireApplicable(edit, picture);
            picture = sizeAfter(picture, edit);
            changes.emplace_back(InsertEdit{first + changes.size(), edit});
        }
    } catch (const Error&) {
        Failure failure = failureOf(Step::Edit, std::current_exception());
        failure.wayOut = tr("Edits of a region only fit pictures of the size of the one that they were made for.");
        emit failed(failure);
        return;
    }
    m_editor.perform({tr("Paste edits").toStdString(), std::move(changes)});
}

void EditCommands::reset()
{
    const std::vector<EditChange> erasures(m_editor.state().edits.size(), EraseEdit{0});
    m_editor.perform({tr("Reset to original").toStdString(), erasures});
}

void EditCommands::choosePatchSource(EditPanel& panel)
{
    m_ask(m_window,
          {FileQuestion::Kind::OpenFile,
           tr("Copy from another picture"),
           toQString(m_editor.picture().parent_path()),
           tr("Pictures (*.jpg *.jpeg *.png *.tif *.tiff *.webp *.bmp);;All files (*)"),
           {}},
          [this, panel = QPointer(&panel)](const QStringList& paths) {
              if (panel && !paths.isEmpty())
                  readPatchSource(*panel, toPath(paths.first()));
          });
}

void EditCommands::readPatchSource(EditPanel& panel, const std::filesystem::path& path)
{
    const DecodeOptions options = m_document.request().decode;
    // By the time it is read the user may be elsewhere: then nothing is changed.
    const auto isStillMeant = [this, picture = m_editor.picture(), edit = m_editor.selectedEdit()] {
        return m_editor.picture() == picture && m_editor.selectedEdit() == edit;
    };
    m_reader.request([this, panel = QPointer(&panel), path, options, isStillMeant](const std::stop_token&) {
        try {
            const auto other = std::make_shared<const Picture>(decodePicture(path, options));
            QMetaObject::invokeMethod(this, [panel, other, isStillMeant] {
                if (panel && isStillMeant())
                    panel->selectedEdit()->takePatchSource(other);
            });
        } catch (...) {
            const Failure failure = failureOf(Step::Picture, std::current_exception());
            QMetaObject::invokeMethod(this, [this, failure] { emit failed(failure); });
        }
        return true;
    });
}

} // namespace ocellus
