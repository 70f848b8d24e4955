// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/mask_pyramid.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

namespace {

constexpr std::size_t mostHalvings = 5;
constexpr int square = 1 << mostHalvings;

/// The box widened so that it can be halved as often as ever needed.
PixelBox aligned(const PixelBox& box)
{
    const int left = box.left / square * square, top = box.top / square * square;
    const int right = (box.right() + square - 1) / square * square;
    const int bottom = (box.bottom() + square - 1) / square * square;
    return {left, top, right - left, bottom - top};
}

} // namespace

const MaskPyramid::Level& MaskPyramid::level(std::size_t halvings)
{
    if (m_levels.empty()) {
        const PixelBox box = aligned(m_mask.box());
        m_levels.push_back({box, m_mask.alphaOf(box)});
    }
    while (m_levels.size() <= halvings) {
        const Level& larger = m_levels.back();
        const PixelBox& from = larger.box;
        Level half{{from.left / 2, from.top / 2, from.width / 2, from.height / 2}, {}};
        half.values.resize(half.box.area());
        const auto width = static_cast<std::size_t>(from.width);
        std::uint8_t* target = half.values.data();
        for (int y = 0; y < half.box.height; ++y) {
            const std::uint8_t* upper = larger.values.data() + 2 * static_cast<std::size_t>(y) * width;
            for (std::size_t x = 0; x < width; x += 2) {
                const int sum = upper[x] + upper[x + 1] + upper[x + width] + upper[x + width + 1];
                *target++ = static_cast<std::uint8_t>((sum + 2) / 4);
            }
        }
        m_levels.push_back(std::move(half));
    }
    return m_levels[halvings];
}

std::vector<std::uint8_t> MaskPyramid::sampled(const QRect& visible, const PictureTransform& transform)
{
    std::vector<std::uint8_t> values(static_cast<std::size_t>(visible.width()) *
                                     static_cast<std::size_t>(visible.height()));
    if (m_mask.empty() || visible.isEmpty())
        return values;
    std::size_t halvings = 0;
    for (double scale = transform.scale; scale <= 0.5 && halvings < mostHalvings; scale *= 2)
        ++halvings;
    const Level& from = level(halvings);
    const double side = transform.scale * static_cast<double>(1 << halvings); // of one square on the device
    const auto indexOf = [&](int pixel, double offset) {
        return static_cast<int>(std::floor((pixel + 0.5 - offset) / side));
    };
    std::vector<int> columns;
    for (int x = visible.left(); x <= visible.right(); ++x)
        columns.push_back(indexOf(x, transform.offset.x()));
    const auto isLeft = [&](int column) { return column < from.box.left; };
    const auto isWithin = [&](int column) { return column < from.box.right(); };
    const auto first = std::ranges::partition_point(columns, isLeft);
    const auto last = std::partition_point(first, columns.end(), isWithin);
    for (int y = visible.top(); y <= visible.bottom(); ++y) {
        const int row = indexOf(y, transform.offset.y());
        if (row < from.box.top || row >= from.box.bottom())
            continue;
        const std::uint8_t* source = from.values.data() + from.box.indexOf(from.box.left, row);
        std::uint8_t* target = values.data() + static_cast<std::size_t>(y - visible.top()) * columns.size() +
                               static_cast<std::size_t>(first - columns.begin());
        for (auto column = first; column != last; ++column)
            *target++ = source[*column - from.box.left];
    }
    return values;
}

} // namespace ocellus
