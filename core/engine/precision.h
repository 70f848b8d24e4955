// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ocellus {

/// In what arithmetic numbers are computed, as far as it changes them.
struct Precision {
    std::string device; ///< "cpu" or "cuda:0"; empty where it is not known yet
    bool tf32 = false;  ///< 10-bit mantissas in matrix products; never on a CPU
    bool half = false;  ///< float16; never on a CPU

    bool operator==(const Precision&) const = default;

    /// float32 throughout.
    bool isFull() const { return !tf32 && !half; }
};

} // namespace ocellus
