// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/prototype_box.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/map_box.h"

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

std::optional<Box> prototypeBox(const Explanation& explanation, std::span<const float> similarities)
{
    const int rows = explanation.geometry.rows(), columns = explanation.geometry.columns();
    const bool isWhole = !similarities.empty() && similarities.size() == explanation.decoding->extent().cells() &&
                         std::ranges::all_of(similarities, [](float value) { return std::isfinite(value); });
    if (!isWhole || explanation.inputSize.width < 1 || explanation.inputSize.height < 1)
        return {};
    const Size size = stretchedSize(explanation.inputSize);
    const MapBox box = explanation.mapKind == MapKind::Node
                           ? peakBox(similarities, rows, columns, size)
                           : percentileBox(stretchedCubic(similarities, rows, columns, size), size);
    const ocellus::Box& seen = explanation.geometry.seen();
    const double across = seen.width / size.width, down = seen.height / size.height;
    return Box{seen.left + box.left * across, seen.top + box.top * down, (box.right - box.left) * across,
               (box.bottom - box.top) * down};
}

} // namespace ocellus
