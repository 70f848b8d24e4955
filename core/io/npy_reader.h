// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace ocellus {

/// A table of whole numbers, row by row.
struct NpyTable {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::vector<std::int64_t> values; ///< [rows, columns]
};

/// Reads a NumPy array of 64-bit whole numbers in two dimensions, formats 1.0 to 3.0, of at most 64 MB. The header is
/// compared, never evaluated. Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
/// Throws Error: NotFound, Unreadable, Damaged, Unsupported for other arrays, TooLarge.
NpyTable readNpyTable(const std::filesystem::path& path);

} // namespace ocellus
