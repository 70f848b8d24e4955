// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "core/edit/edit.h"

namespace ocellus {

/// Puts an edit before the one at `index`, or at the end.
struct InsertEdit {
    std::size_t index = 0;
    Edit edit;
};

struct EraseEdit {
    std::size_t index = 0;
};

/// Another mask, other parameters, another name, enabled or not.
struct ReplaceEdit {
    std::size_t index = 0;
    Edit edit;
};

/// Takes the edit out and puts it back so that it is at `to`.
struct MoveEdit {
    std::size_t from = 0, to = 0;
};

/// One change of a list of edits.
using EditChange = std::variant<InsertEdit, EraseEdit, ReplaceEdit, MoveEdit>;

/// A list holds at most this many edits.
inline constexpr std::size_t maxEdits = 10'000;

/// Changes the list and gives the change that undoes it. Throws Error, with the list as it was: BadArgument for an
/// index beyond the list, TooLarge for more than maxEdits.
EditChange changeList(EditList& edits, const EditChange& change);

/// One step of a history; the name is what undo and redo offer, such as "Brush".
struct EditStep {
    std::string name;
    EditChange change;
};

/// A list of edits with its past and future. A step costs the memory of its change alone, and undoing costs its change
/// alone: no pixels, and of the list no more than moving handles.
class EditHistory {
public:
    EditHistory() = default;
    /// Starts from a list that was, for example, read from a session.
    explicit EditHistory(EditList edits);

    const EditList& edits() const { return m_edits; }

    /// Does the step; what was undone before is forgotten. Throws what changeList() throws, and nothing has changed.
    void perform(EditStep step);

    bool canUndo() const { return m_position > 0; }
    bool canRedo() const { return m_position < m_entries.size(); }
    /// Undo and redo do nothing where there is nothing to undo or redo.
    void undo();
    void redo();
    /// Undoes or redoes until `position` steps are done; beyond the last step, all.
    void goTo(std::size_t position);

    std::size_t stepCount() const { return m_entries.size(); }
    /// How many of the steps are done.
    std::size_t position() const { return m_position; }
    /// `index` below stepCount().
    const EditStep& step(std::size_t index) const { return m_entries[index].step; }

private:
    struct Entry {
        EditStep step;
        EditChange inverse;
    };

    EditList m_edits;
    std::vector<Entry> m_entries;
    std::size_t m_position = 0;
};

} // namespace ocellus
