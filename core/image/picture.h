// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ocellus {

/// Width and height in pixels.
struct Size {
    int width = 0;
    int height = 0;

    bool operator==(const Size&) const = default;
};

/// A place in continuous pixel coordinates: pixel (0, 0) covers [0, 1) x [0, 1), its centre is (0.5, 0.5).
struct Point {
    double x = 0;
    double y = 0;
};

/// 8-bit RGB pixels, row by row without padding.
struct Picture {
    Size size;
    std::vector<std::uint8_t> rgb; ///< size.height * size.width * 3 bytes

    bool empty() const { return rgb.empty(); }
};

} // namespace ocellus
