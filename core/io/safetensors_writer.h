// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/base/tensor_source.h"

namespace ocellus {

/// Writes every floating-point tensor of `source` as `as` (Float32 or Float16), one tensor in memory at a time, in the
/// order of the source; counters and other whole numbers are left out. The file appears under its name only when it is
/// whole. `metadata` becomes `__metadata__`. Throws Error: BadArgument for another type or a value beyond float16,
/// Unreadable where the disk refuses, and what the source throws.
void writeSafetensors(const std::filesystem::path& path, const TensorSource& source, DType as,
                      const std::map<std::string, std::string>& metadata = {});

/// A JSON object as such metadata, which is text: strings as they are, other values as JSON. Empty for anything else.
std::map<std::string, std::string> asMetadata(const nlohmann::json& settings);

} // namespace ocellus
