// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ocellus {

/// One array of an .npz, for tests: `values` holds every type as double, exact for float32 and small integers.
struct NpyArray {
    std::string type; ///< "<f4", "<i8" or "|u1"
    std::vector<std::int64_t> shape;
    std::vector<double> values;

    bool operator==(const NpyArray&) const = default;
};

/// All arrays by name, read without the code that wrote them. Throws std::runtime_error.
std::map<std::string, NpyArray> readNpz(const std::filesystem::path& path);

} // namespace ocellus
