// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/brush_falloff.h"

#include <cmath>

namespace ocellus {

namespace {

constexpr std::size_t steps = 1024;

/// Where 3t^2 - 2t^3 is `value`, both from 0 to 1.
double inverseOfSmooth(double value)
{
    return 0.5 - std::sin(std::asin(1 - 2 * value) / 3);
}

} // namespace

BrushFalloff::BrushFalloff(const Brush& brush)
{
    const double core = brush.radius * brush.hardness;
    m_core = core * core;
    m_outside = brush.radius * brush.radius;
    for (std::size_t value = 1; value < 256; ++value) {
        const double t = inverseOfSmooth((static_cast<double>(value) - 0.5) / 255); // where it is rounded to it
        const double distance = brush.radius - t * (brush.radius - core);
        m_reach[value] = distance * distance;
    }
    m_reach[256] = -1; // none
    if (m_outside <= m_core)
        return;
    m_steps = steps / (m_outside - m_core);
    m_least.resize(steps + 1);
    int value = 255;
    for (std::size_t step = 0; step <= steps; ++step) {
        const double end = m_core + static_cast<double>(step + 1) / m_steps;
        while (value > 0 && end > m_reach[static_cast<std::size_t>(value)])
            --value;
        m_least[step] = static_cast<std::uint8_t>(value);
    }
}

} // namespace ocellus
