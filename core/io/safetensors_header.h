// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/tensor_source.h"

namespace ocellus {

/// The JSON header of a `.safetensors` file, taken at its word: whether its offsets make sense is not checked here.
struct SafetensorsHeader {
    struct Entry {
        TensorInfo info;
        std::uint64_t begin = 0; ///< bytes from the end of the header
        std::uint64_t end = 0;
    };

    std::vector<Entry> entries; ///< as in the header
    bool hasMetadata = false;
    std::map<std::string, std::string> metadata;
};

/// Accepts exactly the three levels that the format has, so that no header can nest deeply or multiply memory.
/// Throws Error: Damaged, Unsupported for an element type that Ocellus has not, TooLarge; `subject` is the file.
SafetensorsHeader parseSafetensorsHeader(std::string_view json, const std::string& subject);

} // namespace ocellus
