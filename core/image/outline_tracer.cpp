// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/outline_tracer.h"

#include <array>
#include <cstddef>
#include <utility>

namespace ocellus {

namespace {

constexpr std::array<int, 4> stepX{1, 0, -1, 0};
constexpr std::array<int, 4> stepY{0, 1, 0, -1};

/// The direction across a side, out of the area.
std::size_t outwards(int direction)
{
    return static_cast<std::size_t>(direction + 3) % 4;
}

} // namespace

int OutlineSide::outerX() const
{
    return x + stepX[outwards(direction)];
}

int OutlineSide::outerY() const
{
    return y + stepY[outwards(direction)];
}

OutlineTracer::OutlineTracer(int width, int height, std::vector<bool> inside)
    : m_width(width),
      m_height(height),
      m_inside(std::move(inside))
{
}

std::vector<Outline> OutlineTracer::outlines() const
{
    std::vector<bool> walked(m_inside.size() * 4);
    std::vector<Outline> result;
    for (int y = 0; y < m_height; ++y) {
        for (int x = 0; x < m_width; ++x) {
            if (!inside(x, y))
                continue;
            for (int direction = 0; direction < 4; ++direction) {
                OutlineSide side{x, y, direction};
                if (!isSide(side) || walked[indexOf(side)])
                    continue;
                Outline& outline = result.emplace_back();
                for (; !walked[indexOf(side)]; side = next(side)) {
                    walked[indexOf(side)] = true;
                    outline.push_back(side);
                }
            }
        }
    }
    return result;
}

bool OutlineTracer::inside(int x, int y) const
{
    return x >= 0 && y >= 0 && x < m_width && y < m_height && m_inside[indexOf({x, y, 0}) / 4];
}

bool OutlineTracer::isSide(const OutlineSide& side) const
{
    return inside(side.x, side.y) && !inside(side.outerX(), side.outerY());
}

std::size_t OutlineTracer::indexOf(const OutlineSide& side) const
{
    const std::size_t sample =
        static_cast<std::size_t>(side.y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(side.x);
    return sample * 4 + static_cast<std::size_t>(side.direction);
}

/// At a corner the outline turns right around the same sample, goes straight on along the next one, or turns left
/// along the one diagonally ahead.
OutlineSide OutlineTracer::next(const OutlineSide& side) const
{
    const auto direction = static_cast<std::size_t>(side.direction);
    const OutlineSide ahead{side.x + stepX[direction], side.y + stepY[direction], side.direction};
    if (!inside(ahead.x, ahead.y))
        return {side.x, side.y, (side.direction + 1) % 4};
    if (!inside(ahead.outerX(), ahead.outerY()))
        return ahead;
    return {ahead.outerX(), ahead.outerY(), static_cast<int>(outwards(side.direction))};
}

std::vector<Point> cornersOf(const Outline& outline)
{
    // Where a walk along the top, right, bottom or left side starts.
    constexpr std::array<int, 4> startX{0, 1, 1, 0};
    constexpr std::array<int, 4> startY{0, 0, 1, 1};
    std::vector<Point> points;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const OutlineSide& side = outline[i];
        const OutlineSide& before = outline[(i + outline.size() - 1) % outline.size()];
        const auto direction = static_cast<std::size_t>(side.direction);
        if (side.direction != before.direction)
            points.push_back(
                {static_cast<double>(side.x + startX[direction]), static_cast<double>(side.y + startY[direction])});
    }
    return points;
}

} // namespace ocellus
