// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/io/npy_reader.h"

namespace ocellus {

/// What stands before an array's values in a `.npy`: magic, version 1.0, length and the dictionary that
/// `numpy.lib.format` describes, padded to a multiple of 64. `type` is NumPy's: "<f4".
std::string npyHeader(std::string_view type, std::span<const std::int64_t> shape);

/// Writes what readNpyTable() reads and `numpy.load` too; the file appears under its name only when it is whole.
/// Throws Error(Unreadable) where the disk refuses.
void writeNpyTable(const std::filesystem::path& path, const NpyTable& table);

} // namespace ocellus
