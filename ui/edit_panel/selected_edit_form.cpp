// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/selected_edit_form.h"

#include <algorithm>

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/edit/operation_fields.h"
#include "ui/document/edit_name.h"
#include "ui/document/picture_editor.h"
#include "ui/edit_panel/control_guard.h"
#include "ui/edit_panel/edit_problem.h"
#include "ui/edit_panel/operation_form.h"
#include "ui/edit_panel/region_colour.h"
#include "ui/edit_panel/starting_operation.h"
#include "ui/figures/edit_text.h"

namespace ocellus {

namespace {

constexpr double HardlySeen = 5; // of CIELAB's distance: 2.3 is seen side by side, not in a picture
constexpr double LightnessStep = 0.3;

Size sizeBefore(const PictureEditor& editor, int index)
{
    const EditList& edits = editor.state().edits;
    return sizeAfter(editor.originalSize(), EditList(edits.begin(), edits.begin() + index));
}

} // namespace

SelectedEditForm::SelectedEditForm(PictureEditor& editor, QWidget* parent)
    : QWidget(parent),
      m_editor(editor),
      m_kind(new QComboBox),
      m_form(new OperationForm),
      m_problem(new QLabel),
      m_colourless(new QLabel(
          tr("What is selected has hardly any colour: turning or strengthening it shows nothing. Its lightness can be "
             "changed."))),
      m_lightness(new QPushButton)
{
    m_kind->setAccessibleName(tr("Operation"));
    m_kind->setToolTip(tr("What is done to the region"));
    m_problem->setWordWrap(true);
    m_colourless->setWordWrap(true);
    ControlGuard::protect(m_kind);
    setFocusProxy(m_kind);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_kind);
    layout->addWidget(m_form);
    layout->addWidget(m_problem);
    layout->addWidget(m_colourless);
    layout->addWidget(m_lightness, 0, Qt::AlignLeft);

    connect(&editor, &PictureEditor::changed, this, &SelectedEditForm::follow);
    connect(&editor, &PictureEditor::selectedEditChanged, this, [this] {
        m_interaction = m_editor.newInteraction();
        follow();
    });
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SelectedEditForm::chooseKind);
    connect(m_form, &OperationForm::operationChanged, this, &SelectedEditForm::change);
    connect(m_form, &OperationForm::gestureStarted, this, [this] { m_interaction = m_editor.newInteraction(); });
    connect(m_form, &OperationForm::colourPickRequested, this, &SelectedEditForm::colourPickRequested);
    connect(m_form, &OperationForm::patchSourceRequested, this, &SelectedEditForm::patchSourceRequested);
    connect(m_lightness, &QPushButton::clicked, this, &SelectedEditForm::changeLightness);
    connect(m_form, &OperationForm::ownSourceRequested, this, &SelectedEditForm::useOwnSource);
    follow();
}

const Edit* SelectedEditForm::selected() const
{
    const int index = m_editor.selectedEdit();
    const EditList& edits = m_editor.state().edits;
    return index < 0 || index >= static_cast<int>(edits.size()) ? nullptr : &edits[static_cast<std::size_t>(index)];
}

void SelectedEditForm::follow()
{
    const Edit* edit = selected();
    setVisible(edit != nullptr);
    if (!edit)
        return;
    const OperationPlace place{sizeBefore(m_editor, m_editor.selectedEdit()), edit->mask.box()};
    const auto* copy = std::get_if<CopyPatch>(&edit->operation);
    Operation shown = edit->operation;
    if (copy && copy->source && copy->source == m_keptPatch) {
        m_wholePatch.poisson = copy->poisson;
        shown = m_wholePatch;
    }
    showKinds(*edit);
    showHue(*edit);
    showColourless(*edit);
    m_form->setOperation(shown, place);
    QString note = edit->enabled ? problemOf(*edit, place.picture) : QString();
    if (!note.isEmpty())
        note = tr("Cannot be done: %1").arg(note);
    else if (copy && copy->source && copy->source != m_keptPatch)
        note = tr("Of the other picture only this part is kept. Choose it again to move the patch.");
    m_problem->setText(note);
    m_problem->setVisible(!note.isEmpty());
}

void SelectedEditForm::showKinds(const Edit& edit)
{
    const QSignalBlocker quiet(m_kind);
    m_kind->clear();
    for (std::size_t kind = 0; kind < operationNames.size(); ++kind) {
        const Operation operation = startingOperation(kind, {}, {});
        const bool fits = changesGeometry(edit.operation) || edit.mask.isNone()
                              ? kind == edit.operation.index() || (!changesGeometry(edit.operation) &&
                                                                   !changesGeometry(operation) && !needsMask(operation))
                              : !changesGeometry(operation);
        if (fits)
            m_kind->addItem(operationKind(operation), static_cast<int>(kind));
    }
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(edit.operation.index())));
    m_kind->setEnabled(m_kind->count() > 1);
}

void SelectedEditForm::setOriginal(const QImage& picture)
{
    m_original = picture;
    if (const Edit* edit = selected()) {
        showHue(*edit);
        showColourless(*edit);
    }
}

void SelectedEditForm::showHue(const Edit& edit)
{
    if (!std::holds_alternative<Recolour>(edit.operation) || edit.mask.empty())
        return;
    if (const auto colour = meanColour(m_original, edit.mask))
        m_form->setReferenceColour(*colour);
}

/// White stays white whatever its hue: then a biologist who turns it would wait for nothing.
void SelectedEditForm::showColourless(const Edit& edit)
{
    const auto* recipe = std::get_if<Recolour>(&edit.operation);
    bool isColourless = false;
    if (recipe && recipe->lightness == 0) {
        const Recolour farthest{180, std::max(recipe->chroma, 1.0), 0};
        const std::optional<double> change = meanChange(m_original, edit.mask, farthest);
        isColourless = change && *change < HardlySeen;
    }
    m_colourless->setVisible(isColourless);
    m_lightness->setVisible(isColourless);
    if (!isColourless)
        return;
    const auto mean = meanColour(m_original, edit.mask); // none of a mask so sparse that its samples miss it
    const bool isLight = !mean || okLab(*mean).lightness > 0.5;
    m_lightness->setText(isLight ? tr("Darken it") : tr("Lighten it"));
    m_lightnessStep = isLight ? -LightnessStep : LightnessStep;
}

void SelectedEditForm::changeLightness()
{
    const Edit* edit = selected();
    const auto* recipe = edit ? std::get_if<Recolour>(&edit->operation) : nullptr;
    if (!recipe)
        return;
    m_interaction = m_editor.newInteraction();
    replace(Recolour{recipe->hue, recipe->chroma, m_lightnessStep});
}

void SelectedEditForm::chooseKind(int row)
{
    const Edit* edit = selected();
    if (!edit || row < 0)
        return;
    const auto kind = static_cast<std::size_t>(m_kind->itemData(row).toInt());
    const Size picture = sizeBefore(m_editor, m_editor.selectedEdit());
    m_interaction = m_editor.newInteraction();
    Edit changed = *edit;
    changed.operation = startingOperation(kind, edit->mask.box(), picture);
    // A name that only says the operation goes with it.
    if (edit->name == operationKind(edit->operation).toStdString())
        changed.name = operationKind(changed.operation).toStdString();
    m_editor.replaceEdit(static_cast<std::size_t>(m_editor.selectedEdit()), changed,
                         tr("Change to “%1”").arg(operationKind(changed.operation)), m_interaction);
}

void SelectedEditForm::change(const Operation& operation)
{
    const Edit* edit = selected();
    if (!edit)
        return;
    const auto* copy = std::get_if<CopyPatch>(&operation);
    if (copy && copy->source && copy->source == m_wholePatch.source)
        movePatch(*copy, edit->mask.box());
    else
        replace(operation);
}

void SelectedEditForm::replace(const Operation& operation)
{
    Edit changed = *selected();
    changed.operation = operation;
    m_editor.replaceEdit(static_cast<std::size_t>(m_editor.selectedEdit()), changed,
                         tr("Adjust “%1”").arg(shownName(changed.name)), m_interaction);
}

void SelectedEditForm::movePatch(const CopyPatch& wanted, const PixelBox& target)
{
    const Size source = wanted.source->size;
    if (target.empty() || target.width > source.width || target.height > source.height) {
        m_problem->setText(tr("The other picture is smaller than the region."));
        m_problem->show();
        return;
    }
    m_wholePatch = wanted;
    m_wholePatch.dx = std::clamp(wanted.dx, -target.left, source.width - target.right());
    m_wholePatch.dy = std::clamp(wanted.dy, -target.top, source.height - target.bottom());
    CopyPatch kept = patchFrom(*m_wholePatch.source, target, m_wholePatch.dx, m_wholePatch.dy);
    kept.poisson = wanted.poisson;
    m_keptPatch = kept.source;
    replace(kept);
}

void SelectedEditForm::takeColour(const Rgb& colour)
{
    const Edit* edit = selected();
    if (!edit || !std::holds_alternative<TakeColour>(edit->operation))
        return;
    m_interaction = m_editor.newInteraction();
    replace(TakeColour{colour});
}

void SelectedEditForm::takePatchSource(const std::shared_ptr<const Picture>& other)
{
    const Edit* edit = selected();
    const auto* copy = edit ? std::get_if<CopyPatch>(&edit->operation) : nullptr;
    if (!copy)
        return;
    m_interaction = m_editor.newInteraction();
    // The same place of the other picture, where there is one.
    movePatch({0, 0, copy->poisson, other}, edit->mask.box());
}

void SelectedEditForm::useOwnSource()
{
    const Edit* edit = selected();
    const auto* copy = edit ? std::get_if<CopyPatch>(&edit->operation) : nullptr;
    if (!copy)
        return;
    const Size picture = sizeBefore(m_editor, m_editor.selectedEdit());
    auto own = std::get<CopyPatch>(startingOperation(edit->operation.index(), edit->mask.box(), picture));
    own.poisson = copy->poisson;
    m_interaction = m_editor.newInteraction();
    replace(own);
}

} // namespace ocellus
