// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/published_box.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

namespace {

constexpr int largestStretched = 512; ///< pixels of a side; published models see 224

/// The input's size, or smaller ones of its shape.
Size stretchedSize(Size input)
{
    const double shrink = std::min(1.0, static_cast<double>(largestStretched) / std::max(input.width, input.height));
    return {std::max(1, static_cast<int>(std::lround(input.width * shrink))),
            std::max(1, static_cast<int>(std::lround(input.height * shrink)))};
}

} // namespace

std::optional<PublishedBox> publishedBox(std::span<const float> similarities, int rows, int columns, Size input,
                                         BoxRule rule)
{
    const bool isWhole = rows > 0 && columns > 0 &&
                         similarities.size() == static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) &&
                         std::ranges::all_of(similarities, [](float value) { return std::isfinite(value); });
    if (!isWhole || input.width < 1 || input.height < 1)
        return {};
    const Size size = stretchedSize(input);
    return PublishedBox{rule == BoxRule::Peak ? peakBox(similarities, rows, columns, size)
                                              : percentileBox(stretchedCubic(similarities, rows, columns, size), size),
                        size};
}

Box inPicture(const PublishedBox& box, const Box& seen)
{
    const double across = seen.width / box.stretched.width, down = seen.height / box.stretched.height;
    return {seen.left + box.box.left * across, seen.top + box.box.top * down, (box.box.right - box.box.left) * across,
            (box.box.bottom - box.box.top) * down};
}

} // namespace ocellus
