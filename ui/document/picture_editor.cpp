// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/picture_editor.h"

#include <algorithm>
#include <utility>

#include "core/edit/same_edits.h"
#include "ui/document/edit_name.h"

namespace ocellus {

const EditHistory& PictureEditor::historyOf(const std::filesystem::path& picture) const
{
    const auto found = m_histories.find(picture);
    return found == m_histories.end() ? m_untouched : found->second;
}

void PictureEditor::setPicture(const std::filesystem::path& path)
{
    if (path == m_picture)
        return;
    m_picture = path;
    m_originalSize = {};
    m_interaction = 0;
    selectEdit(-1);
    emit changed();
}

void PictureEditor::setOriginalSize(Size size)
{
    if (size == m_originalSize)
        return;
    m_originalSize = size;
    emit changed();
}

void PictureEditor::setStore(std::shared_ptr<StepStore> store)
{
    m_store = std::move(store);
}

void PictureEditor::setHistory(const std::filesystem::path& picture, EditHistory history)
{
    m_histories.insert_or_assign(picture, std::move(history));
    if (picture != m_picture)
        return;
    selectEdit(-1);
    emit changed();
    emit editsChanged();
}

void PictureEditor::forgetAll()
{
    m_histories.clear();
    setPicture({});
}

bool PictureEditor::hasEdits() const
{
    return std::ranges::any_of(m_histories, [](const auto& entry) { return !entry.second.state().edits.empty(); });
}

Size PictureEditor::pictureSize() const
{
    return sizeAfter(m_originalSize, state().edits);
}

void PictureEditor::selectEdit(int index)
{
    const int last = static_cast<int>(state().edits.size()) - 1;
    const int chosen = index > last || index < 0 ? -1 : index;
    if (chosen == m_selectedEdit)
        return;
    m_selectedEdit = chosen;
    emit selectedEditChanged(m_selectedEdit);
}

Mask PictureEditor::activeMask() const
{
    const Mask& mask =
        m_selectedEdit < 0 ? state().selection : state().edits[static_cast<std::size_t>(m_selectedEdit)].mask;
    // What was selected before a crop fits no more.
    const bool fits = !mask.isNone() && mask.pictureSize() == pictureSize();
    return fits ? mask : isReady() ? Mask(pictureSize()) : Mask();
}

QString PictureEditor::whyNotPaintable() const
{
    if (!isReady())
        return tr("Open a picture first.");
    if (m_selectedEdit < 0)
        return {};
    const EditList& edits = state().edits;
    const auto chosen = edits.begin() + m_selectedEdit;
    if (changesGeometry(chosen->operation))
        return tr("“%1” is of the whole picture and takes no mask. Choose another edit, or none.")
            .arg(shownName(chosen->name));
    const auto later = std::find_if(chosen, edits.end(),
                                    [](const Edit& edit) { return edit.enabled && changesGeometry(edit.operation); });
    if (later != edits.end())
        return tr("“%1” comes before “%2”, which moves the pixels. Switch that off to paint here.")
            .arg(shownName(chosen->name), shownName(later->name));
    return {};
}

void PictureEditor::setActiveMask(const QString& stepName, const Mask& mask)
{
    if (m_selectedEdit < 0) {
        perform({stepName.toStdString(), {SetSelection{mask}}});
        return;
    }
    const auto index = static_cast<std::size_t>(m_selectedEdit);
    Edit edit = state().edits[index];
    edit.mask = mask;
    perform({stepName.toStdString(), {ReplaceEdit{index, std::move(edit)}}});
}

void PictureEditor::addEdit(const Edit& edit)
{
    const std::size_t index = state().edits.size();
    const bool hasSelection = !state().selection.empty() && state().selection.pictureSize() == pictureSize();
    Edit added = edit;
    std::vector<EditChange> changes;
    if (!changesGeometry(edit.operation) && edit.mask.isNone() && hasSelection) {
        added.mask = state().selection;
        changes.emplace_back(SetSelection{});
    } else if (needsMask(edit.operation) && edit.mask.isNone()) {
        added.mask = Mask(pictureSize());
    }
    changes.insert(changes.begin(), InsertEdit{index, added});
    perform({edit.name, std::move(changes)});
    selectEdit(static_cast<int>(index));
}

void PictureEditor::replaceEdit(std::size_t index, const Edit& edit, const QString& stepName, std::uint64_t interaction)
{
    perform({stepName.toStdString(), {ReplaceEdit{index, edit}}}, interaction);
}

void PictureEditor::eraseEdit(std::size_t index)
{
    if (index >= state().edits.size())
        return;
    const int selected = m_selectedEdit;
    perform({tr("Delete “%1”").arg(shownName(state().edits[index].name)).toStdString(), {EraseEdit{index}}});
    if (selected > static_cast<int>(index))
        selectEdit(selected - 1);
}

void PictureEditor::moveEdit(std::size_t from, std::size_t to)
{
    if (from == to || from >= state().edits.size())
        return;
    const int selected = m_selectedEdit;
    perform({tr("Move “%1”").arg(shownName(state().edits[from].name)).toStdString(), {MoveEdit{from, to}}});
    const auto first = static_cast<int>(from), last = static_cast<int>(to);
    if (selected == first)
        selectEdit(last);
    else if (selected > first && selected <= last)
        selectEdit(selected - 1);
    else if (selected >= last && selected < first)
        selectEdit(selected + 1);
}

void PictureEditor::perform(const EditStep& step, std::uint64_t interaction)
{
    const bool continues = interaction != 0 && interaction == m_interaction;
    const bool done = change([&](EditHistory& history) {
        // The same interaction is one step: its last state is what counts.
        if (continues) {
            history.undo();
            emit undone(m_picture);
        }
        history.perform(step);
        emit performed(m_picture, step);
    });
    m_interaction = done ? interaction : 0;
}

void PictureEditor::undo()
{
    if (!history().canUndo())
        return;
    m_interaction = 0;
    change([this](EditHistory& history) {
        history.undo();
        emit undone(m_picture);
    });
}

void PictureEditor::redo()
{
    if (!history().canRedo())
        return;
    m_interaction = 0;
    change([this](EditHistory& history) {
        history.redo();
        emit redone(m_picture);
    });
}

void PictureEditor::goTo(std::size_t position)
{
    if (position == history().position())
        return;
    m_interaction = 0;
    change([&](EditHistory& history) {
        const std::size_t from = history.position();
        history.goTo(position);
        emit wentTo(m_picture, position, from);
    });
}

template <class Change>
bool PictureEditor::change(Change&& change)
{
    if (m_picture.empty())
        return false;
    EditHistory& history = m_histories.try_emplace(m_picture, PictureEdits{}, m_store).first->second;
    const EditList before = history.state().edits;
    bool done = true;
    try {
        change(history);
    } catch (...) {
        emit failed(failureOf(Step::Edit, std::current_exception()));
        done = false;
    }
    if (m_selectedEdit >= static_cast<int>(history.state().edits.size()))
        selectEdit(-1);
    emit changed();
    if (!doTheSame(history.state().edits, before))
        emit editsChanged();
    return done;
}

} // namespace ocellus
