// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/edit_history.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

namespace {

void requireIndex(std::size_t index, std::size_t count)
{
    if (index >= count)
        throw Error(ErrorCode::BadArgument, "edits",
                    "expected a place below " + std::to_string(count) + ", got " + std::to_string(index));
}

/// Does a change and gives its inverse.
struct Changer {
    EditList& edits;

    auto at(std::size_t index) const { return edits.begin() + static_cast<std::ptrdiff_t>(index); }

    EditChange operator()(const InsertEdit& change) const
    {
        requireIndex(change.index, edits.size() + 1);
        if (edits.size() >= maxEdits)
            throw Error(ErrorCode::TooLarge, "edits", "expected at most " + std::to_string(maxEdits) + " in a list");
        edits.insert(at(change.index), change.edit);
        return EraseEdit{change.index};
    }

    EditChange operator()(const EraseEdit& change) const
    {
        requireIndex(change.index, edits.size());
        InsertEdit inverse{change.index, std::move(edits[change.index])};
        edits.erase(at(change.index));
        return inverse;
    }

    EditChange operator()(const ReplaceEdit& change) const
    {
        requireIndex(change.index, edits.size());
        return ReplaceEdit{change.index, std::exchange(edits[change.index], change.edit)};
    }

    EditChange operator()(const MoveEdit& change) const
    {
        requireIndex(change.from, edits.size());
        requireIndex(change.to, edits.size());
        if (change.from < change.to)
            std::rotate(at(change.from), at(change.from + 1), at(change.to + 1));
        else
            std::rotate(at(change.to), at(change.from), at(change.from + 1));
        return MoveEdit{change.to, change.from};
    }
};

} // namespace

EditChange changeList(EditList& edits, const EditChange& change)
{
    return std::visit(Changer{edits}, change);
}

EditHistory::EditHistory(EditList edits) : m_edits(std::move(edits)) {}

void EditHistory::perform(EditStep step)
{
    EditChange inverse = changeList(m_edits, step.change);
    m_entries.resize(m_position);
    m_entries.push_back({std::move(step), std::move(inverse)});
    ++m_position;
}

void EditHistory::undo()
{
    if (canUndo())
        changeList(m_edits, m_entries[--m_position].inverse);
}

void EditHistory::redo()
{
    if (canRedo())
        changeList(m_edits, m_entries[m_position++].step.change);
}

void EditHistory::goTo(std::size_t position)
{
    position = std::min(position, m_entries.size());
    while (m_position > position)
        undo();
    while (m_position < position)
        redo();
}

} // namespace ocellus
