// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/edit/step_store.h"

namespace ocellus {

/// The edits of a picture with their past and future. A step costs the memory of its changes alone, and undoing costs
/// its changes alone: no pixels, and of a list no more than moving handles. With a store, all but the newest steps keep
/// no more than their name in memory.
class EditHistory {
public:
    /// How much of the past stays in memory where there is a store: the newest steps, as many as are within both.
    struct Limits {
        std::size_t steps = 200;
        std::size_t bytes = 64U << 20;
    };

    EditHistory() = default;
    /// Starts from a state that was, for example, read from a session. Without a store all steps stay in memory.
    explicit EditHistory(PictureEdits state, std::shared_ptr<StepStore> store = nullptr);
    EditHistory(PictureEdits state, std::shared_ptr<StepStore> store, const Limits& limits);

    const PictureEdits& state() const { return m_state; }

    /// Does the step; what was undone before is forgotten. Throws what changeEdits() throws, and BadArgument for a name
    /// above maxNameBytes, and nothing has changed. Where the store fails, the step stays in memory: that is no error.
    void perform(EditStep step);

    bool canUndo() const { return m_position > 0; }
    bool canRedo() const { return m_position < m_entries.size(); }
    /// Undo and redo do nothing where there is nothing to undo or redo. Throw what the store throws; the step is then
    /// not undone or redone.
    void undo();
    void redo();
    /// Undoes or redoes until `position` steps are done; beyond the last step, all.
    void goTo(std::size_t position);

    std::size_t stepCount() const { return m_entries.size(); }
    /// How many of the steps are done.
    std::size_t position() const { return m_position; }
    /// `index` below stepCount().
    const std::string& stepName(std::size_t index) const { return m_entries[index].name; }

private:
    struct Entry {
        std::string name;
        std::shared_ptr<const DoneChanges> changes; ///< null where they are in the store
        std::size_t bytes = 0;                      ///< of `changes`, also in the store
        std::uint64_t place = 0;                    ///< in the store
    };

    std::shared_ptr<const DoneChanges> changesOf(const Entry& entry) const;
    void forgetUndone();
    void spill();

    PictureEdits m_state;
    std::shared_ptr<StepStore> m_store;
    Limits m_limits;
    std::vector<Entry> m_entries; ///< those before m_firstInMemory are in the store
    std::size_t m_position = 0;
    std::size_t m_firstInMemory = 0;
    std::size_t m_bytesInMemory = 0;
};

} // namespace ocellus
