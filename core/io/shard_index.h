// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/io/input_file.h"

namespace ocellus {

/// The files that a `*.safetensors.index.json` spreads a model's tensors over, each once, in the order of their names.
/// They must lie beside it. Throws Error: Damaged for anything but Hugging Face's form, TooLarge, NotFound, Unreadable.
std::vector<InputFile> shardsOf(const InputFile& index);

} // namespace ocellus
