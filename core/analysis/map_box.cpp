// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/map_box.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace ocellus {

namespace {

/// Around the pixels that `isInside` accepts; the first pixel where there is none.
template <typename Test>
MapBox boundsOf(std::span<const float> pixels, Size size, Test isInside)
{
    MapBox box{size.height, 0, size.width, 0};
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            if (!isInside(pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) +
                                 static_cast<std::size_t>(x)]))
                continue;
            box = {std::min(box.top, y), y + 1, std::min(box.left, x), std::max(box.right, x + 1)};
        }
    return box.bottom > 0 ? box : MapBox{};
}

} // namespace

std::vector<float> stretchedCubic(std::span<const float> cells, int rows, int columns, Size size)
{
    if (rows < 1 || columns < 1 || size.width < 1 || size.height < 1 ||
        cells.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns))
        throw Error(ErrorCode::BadArgument, "map", "expected cells in rows and columns, and a size to stretch them to");
    // cv::Mat needs a mutable pointer, but the source is only read.
    const cv::Mat source(rows, columns, CV_32F, const_cast<float*>(cells.data()));
    std::vector<float> pixels(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    cv::Mat target(size.height, size.width, CV_32F, pixels.data());
    cv::resize(source, target, target.size(), 0, 0, cv::INTER_CUBIC);
    return pixels;
}

MapBox percentileBox(std::span<const float> pixels, Size size, double percentile)
{
    if (pixels.empty())
        return {};
    std::vector<float> sorted(pixels.begin(), pixels.end());
    const double rank = std::clamp(percentile, 0.0, 100.0) / 100 * static_cast<double>(sorted.size() - 1);
    const auto low = sorted.begin() + static_cast<std::ptrdiff_t>(std::floor(rank));
    std::nth_element(sorted.begin(), low, sorted.end());
    const double here = *low;
    const double next = low + 1 == sorted.end() ? here : *std::min_element(low + 1, sorted.end());
    const double threshold = here + (next - here) * (rank - std::floor(rank));
    return boundsOf(pixels, size, [threshold](float value) { return value >= threshold; });
}

MapBox peakBox(std::span<const float> cells, int rows, int columns, Size size, double threshold)
{
    std::vector<float> peaks(cells.size());
    const float largest = cells.empty() ? 0.0F : std::ranges::max(cells);
    std::ranges::transform(cells, peaks.begin(), [largest](float value) { return value >= largest ? 1.0F : 0.0F; });
    const std::vector<float> pixels = stretchedCubic(peaks, rows, columns, size);
    return boundsOf(pixels, size, [threshold](float value) { return value > 1 - threshold; });
}

} // namespace ocellus
