// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/edit/mask_shapes.h"

namespace ocellus {

/// How much a brush covers at a distance from its middle: see strokeMask(). Asked for every pixel of every piece of a
/// stroke, and so without roots or divisions.
class BrushFalloff {
public:
    BrushFalloff() = default;
    /// Of a valid brush.
    explicit BrushFalloff(const Brush& brush);

    std::uint8_t at(double squaredDistance) const
    {
        if (squaredDistance <= m_core)
            return 255;
        if (squaredDistance >= m_outside)
            return 0;
        int value = m_least[static_cast<std::size_t>((squaredDistance - m_core) * m_steps)];
        while (squaredDistance <= m_reach[static_cast<std::size_t>(value) + 1])
            ++value;
        return static_cast<std::uint8_t>(value);
    }

private:
    double m_core = 0, m_outside = 0;  // squared: wholly covered up to, nothing from
    double m_steps = 0;                // of m_least in one unit of squared distance
    std::array<double, 257> m_reach{}; // up to which squared distance a value is reached
    std::vector<std::uint8_t> m_least; // the value at each step's far end
};

} // namespace ocellus
