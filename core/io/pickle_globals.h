// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/io/pickle_heap.h"

namespace ocellus {

/// The object that a pickle names: with a meaning for what state dicts are made of, inert for all others.
PickleGlobal pickleGlobal(PickleHeap& heap, std::string_view module, std::string_view name);

/// Every name in the file without a meaning here, sorted.
std::vector<std::string> inertPickleNames(const PickleHeap& heap);

/// The value that calling `callable` with the tuple `arguments` stands for; nothing is called. A record where
/// `callable` has no meaning here. Throws Error: Unsafe where `callable` is neither a name nor a record, Damaged where
/// the arguments do not fit a meaning.
PickleRef constructPickleValue(PickleHeap& heap, PickleRef callable, PickleRef arguments);

/// What a persistent id of torch.save stands for: ("storage", type, key, location, count[, view]) a storage, ("module",
/// class, ...) that class. Throws Error(Damaged) for others.
PickleRef persistentPickleValue(PickleHeap& heap, PickleRef persistentId);

} // namespace ocellus
