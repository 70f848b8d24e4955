// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/edit/edit_change.h"

namespace ocellus {

/// One step of a history: changes that are done together. The name is what undo and redo offer, such as "Brush".
struct EditStep {
    std::string name; ///< UTF-8, at most maxNameBytes
    std::vector<EditChange> changes;
};

/// The changes of a step and those that undo it, both in the order in which they are done.
struct DoneChanges {
    std::vector<EditChange> changes;
    std::vector<EditChange> inverses;
};

/// Where a history puts what it does not keep in memory.
class StepStore {
public:
    virtual ~StepStore() = default;

    /// Keeps the changes for as long as the store lives and gives their place, by which they are read back. Throws
    /// Error(Unreadable), for example where the disk is full.
    virtual std::uint64_t append(const DoneChanges& changes) = 0;

    /// Throws Error: Unreadable, Damaged.
    virtual DoneChanges read(std::uint64_t place) = 0;
};

} // namespace ocellus
