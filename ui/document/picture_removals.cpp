// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/picture_removals.h"

#include <algorithm>

#include "ui/document/document.h"
#include "ui/document/intervention_steps.h"
#include "ui/engine/paths.h"

namespace ocellus {

PictureRemovals::PictureRemovals(Document& document, InterventionSteps& interventions, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_interventions(interventions)
{
    const PictureEditor& editor = document.editor();
    connect(&editor, &PictureEditor::performed, this, [this] { countStep(1); });
    connect(&editor, &PictureEditor::redone, this, [this] { countStep(1); });
    connect(&editor, &PictureEditor::undone, this, [this] { countStep(-1); });
    connect(&editor, &PictureEditor::wentTo, this, [this](const auto&, std::size_t position, std::size_t from) {
        countStep(static_cast<int>(position) - static_cast<int>(from));
    });
    connect(&interventions, &InterventionSteps::stepped, this, &PictureRemovals::countStep);
    connect(&document.pictures(), &QAbstractItemModel::modelReset, this, &PictureRemovals::forgetAll);
}

void PictureRemovals::remove(int row)
{
    const ImageFile file = m_document.pictures().file(row);
    if (file.path.empty())
        return;
    m_interventions.forget(); // what is counted from now on came after the removal
    const bool wasEdited = m_document.editor().historyOf(file.path).state() != PictureEdits();
    m_removals.push_back({file, row});
    m_document.removePicture(row);
    emit changed();
    emit removed(pictureName(), wasEdited);
}

QString PictureRemovals::pictureName() const
{
    return toQString(m_removals.back().file.path.filename());
}

void PictureRemovals::undo()
{
    if (!canUndo())
        return;
    const Removal removal = m_removals.back();
    m_removals.pop_back();
    m_document.insertPicture(removal.row, removal.file);
    emit changed();
}

void PictureRemovals::countStep(int difference)
{
    if (m_removals.empty())
        return;
    const bool before = canUndo();
    m_removals.back().stepsSince = std::max(0, m_removals.back().stepsSince + difference);
    if (canUndo() != before)
        emit changed();
}

void PictureRemovals::forgetAll()
{
    m_removals.clear();
    emit changed();
}

} // namespace ocellus
