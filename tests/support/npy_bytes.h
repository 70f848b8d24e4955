// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/io/pickle_writer.h"

namespace ocellus::test {

/// A .npy file of integers, row by row; `values` repeat.
inline std::string int64Npy(int rows, int columns, const std::vector<std::int64_t>& values)
{
    std::string header = "{'descr': '<i8', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " +
                         std::to_string(columns) + "), }";
    header.resize(118, ' ');
    std::string bytes =
        std::string("\x93NUMPY\x01\0", 8) + rawBytes(static_cast<std::uint16_t>(header.size())) + header;
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); ++i)
        bytes += rawBytes(values[i % values.size()]);
    return bytes;
}

} // namespace ocellus::test
