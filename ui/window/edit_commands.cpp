// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/edit_commands.h"

#include "core/edit/apply.h"
#include "ui/document/edit_name.h"
#include "ui/document/picture_editor.h"
#include "ui/window/window_actions.h"

namespace ocellus {

namespace {

/// "Undo Brush"; a name is no place for the mark of a key.
QString withStep(const QString& verb, const EditHistory& history, bool isThere, std::size_t step)
{
    return isThere ? verb + QLatin1Char(' ') + shownName(history.stepName(step)).replace("&", "&&") : verb;
}

} // namespace

EditCommands::EditCommands(PictureEditor& editor, WindowActions& actions, QObject* parent)
    : QObject(parent),
      m_editor(editor),
      m_actions(actions)
{
    connect(actions.at(Command::Undo), &QAction::triggered, &editor, &PictureEditor::undo);
    connect(actions.at(Command::Redo), &QAction::triggered, &editor, &PictureEditor::redo);
    connect(actions.at(Command::DeleteEdit), &QAction::triggered, this, &EditCommands::erase);
    connect(actions.at(Command::CopyEdits), &QAction::triggered, this, &EditCommands::copy);
    connect(actions.at(Command::PasteEdits), &QAction::triggered, this, &EditCommands::paste);
    connect(actions.at(Command::ResetEdits), &QAction::triggered, this, &EditCommands::reset);
    connect(&editor, &PictureEditor::changed, this, &EditCommands::refresh);
    connect(&editor, &PictureEditor::selectedEditChanged, this, &EditCommands::refresh);
    refresh();
}

void EditCommands::refresh()
{
    const EditHistory& history = m_editor.history();
    const bool hasEdits = !history.state().edits.empty();
    m_actions.at(Command::Undo)->setEnabled(history.canUndo());
    m_actions.at(Command::Undo)->setText(withStep(tr("&Undo"), history, history.canUndo(), history.position() - 1));
    m_actions.at(Command::Redo)->setEnabled(history.canRedo());
    m_actions.at(Command::Redo)->setText(withStep(tr("&Redo"), history, history.canRedo(), history.position()));
    m_actions.at(Command::DeleteEdit)->setEnabled(m_editor.selectedEdit() >= 0);
    m_actions.at(Command::CopyEdits)->setEnabled(hasEdits);
    m_actions.at(Command::PasteEdits)->setEnabled(m_editor.isReady() && !m_copied.empty());
    m_actions.at(Command::ResetEdits)->setEnabled(hasEdits);
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

} // namespace ocellus
