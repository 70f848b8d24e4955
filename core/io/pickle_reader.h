// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/io/pickle_heap.h"
#include "core/io/pickle_input.h"

namespace ocellus {

/// Reads one pickle, up to its STOP, into `heap` and returns its value. Knows the opcodes that Python's pickler writes
/// in the protocols 2 to 5 and no others. Nothing that the pickle names is ever run: a few names have a meaning here
/// (pickleGlobal), all others make inert records.
/// Format: https://github.com/python/cpython/blob/main/Lib/pickletools.py
/// Throws Error: Damaged, Unsafe, TooLarge, Cancelled; reports Stage::Read by the position in `input`.
PickleRef readPickle(PickleInput& input, PickleHeap& heap, const Progress& progress = {});

} // namespace ocellus
