// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/edit/mask_selection.h"
#include "core/edit/mask_shapes.h"
#include "core/experiment/control_edits.h"
#include "core/image/preprocess.h"

namespace ocellus {

namespace {

constexpr double maxPixels = 32'768;
/// Animals fill many photographs nearly to the edges: a wider frame takes their heads and tails for surroundings.
constexpr double inset = 0.02;
constexpr int iterations = 3;

/// By the nearest pixel.
Mask enlarged(const Mask& mask, Size size)
{
    const Size small = mask.pictureSize();
    std::vector<std::uint8_t> values(wholeBox(size).area());
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            values[wholeBox(size).indexOf(x, y)] =
                mask.at(static_cast<int>(static_cast<std::int64_t>(x) * small.width / size.width),
                        static_cast<int>(static_cast<std::int64_t>(y) * small.height / size.height));
    return {size, wholeBox(size), std::move(values)};
}

} // namespace

Mask estimatedAnimal(const Picture& picture)
{
    const double scale = std::sqrt(std::min(1.0, maxPixels / static_cast<double>(wholeBox(picture.size).area())));
    const auto shrunk = [scale](int side) { return std::max(1, static_cast<int>(std::lround(side * scale))); };
    const Size size{shrunk(picture.size.width), shrunk(picture.size.height)};
    const Box rectangle{size.width * inset, size.height * inset, size.width * (1 - 2 * inset),
                        size.height * (1 - 2 * inset)};
    const Mask start = rectangleMask(size, rectangle);
    const PixelBox& box = start.box();
    // A rectangle that fills a tiny picture leaves nothing to compare with.
    if (start.empty() || (box.width == size.width && box.height == size.height))
        return Mask(picture.size);
    const Mask found = grabCutMask(size == picture.size ? picture : resizeBilinear(picture, size), start, iterations);
    return enlarged(found, picture.size);
}

} // namespace ocellus
