// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/engine/engine.h"

namespace ocellus {

/// For a run over many pictures that works on several at a time, each on one thread: no core waits for another at the
/// end of every layer, and the numbers do not depend on how many cores there are.
EngineOptions oneThreadEach(EngineOptions options);

/// How many such a run works on: one a thread that `asked` allows, as far as the memory that is free now holds them
/// with the model's input and classes; a few where a GPU computes, so that it need not wait for reading and writing.
std::size_t picturesAtATime(const EngineOptions& asked, const Engine& engine, const PreprocessOptions& preprocess);

} // namespace ocellus
