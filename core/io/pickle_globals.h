// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/io/pickle_heap.h"

namespace ocellus {

/// The allowlist: what a checkpoint may name. Throws Error(Unsafe) with the name of anything else.
PickleGlobal findPickleGlobal(std::string_view module, std::string_view name, const std::string& subject);

/// The value that calling `callable` with the tuple `arguments` stands for; nothing is called.
/// Throws Error: Unsafe where `callable` is not from the allowlist, Damaged where the arguments do not fit it.
PickleRef constructPickleValue(PickleHeap& heap, PickleRef callable, PickleRef arguments);

/// The storage that a persistent id of torch.save describes: ("storage", type, key, location, count[, view]).
/// Throws Error: Damaged, Unsafe.
PickleRef pickleStorage(PickleHeap& heap, PickleRef persistentId);

} // namespace ocellus
