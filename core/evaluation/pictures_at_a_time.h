// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/engine/engine.h"

namespace ocellus {

/// How many pictures a run works on at a time, each on one thread (see askingOptions()): one a thread that `asked`
/// allows, as far as the memory that is free now holds them with the model's input and classes; a few where a GPU
/// computes, so that it need not wait for reading and writing.
std::size_t picturesAtATime(const EngineOptions& asked, const Engine& engine, const PreprocessOptions& preprocess);

} // namespace ocellus
