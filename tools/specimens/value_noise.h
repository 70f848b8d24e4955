// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>

namespace ocellus {

/// Smooth random values over the plane, one octave of value noise.
class ValueNoise {
public:
    explicit ValueNoise(std::uint64_t key) : m_key(static_cast<std::uint32_t>(key ^ (key >> 32))) {}

    /// In [-1, 1]; changes over a distance of 1.
    float at(float x, float y) const
    {
        const float floorX = std::floor(x);
        const float floorY = std::floor(y);
        const auto column = static_cast<std::int32_t>(floorX);
        const auto row = static_cast<std::int32_t>(floorY);
        const float s = eased(x - floorX);
        const float t = eased(y - floorY);
        const float upper = knot(column, row) + s * (knot(column + 1, row) - knot(column, row));
        const float lower = knot(column, row + 1) + s * (knot(column + 1, row + 1) - knot(column, row + 1));
        return upper + t * (lower - upper);
    }

    /// Three octaves, each of half the size and height of the one before; in [-1, 1].
    float rough(float x, float y) const
    {
        return (4 * at(x, y) + 2 * at(2 * x + 17.3F, 2 * y + 5.1F) + at(4 * x + 3.7F, 4 * y + 41.9F)) / 7;
    }

private:
    static float eased(float t) { return t * t * (3 - 2 * t); }

    float knot(std::int32_t column, std::int32_t row) const
    {
        std::uint32_t h = m_key + static_cast<std::uint32_t>(column) * 0x9e3779b1U;
        h ^= static_cast<std::uint32_t>(row) * 0x85ebca77U;
        h = (h ^ (h >> 15)) * 0x2c1b3c6dU;
        h = (h ^ (h >> 12)) * 0x297a2d39U;
        h ^= h >> 15;
        return static_cast<float>(h >> 8) * 0x1.0p-23F - 1;
    }

    std::uint32_t m_key;
};

} // namespace ocellus
