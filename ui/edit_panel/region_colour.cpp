// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/region_colour.h"

#include <algorithm>
#include <cmath>

namespace ocellus {

namespace {

constexpr double MostPixels = 10'000;

} // namespace

std::optional<Rgb> meanColour(const QImage& picture, const Mask& mask)
{
    if (mask.empty() || Size{picture.width(), picture.height()} != mask.pictureSize())
        return std::nullopt;
    const PixelBox& box = mask.box();
    const int step = std::max(1, static_cast<int>(std::ceil(std::sqrt(static_cast<double>(box.area()) / MostPixels))));
    std::uint64_t red = 0, green = 0, blue = 0, weight = 0;
    for (int y = box.top; y < box.bottom(); y += step)
        for (int x = box.left; x < box.right(); x += step) {
            const std::uint64_t share = mask.at(x, y);
            const QRgb pixel = picture.pixel(x, y);
            red += share * static_cast<std::uint64_t>(qRed(pixel));
            green += share * static_cast<std::uint64_t>(qGreen(pixel));
            blue += share * static_cast<std::uint64_t>(qBlue(pixel));
            weight += share;
        }
    if (weight == 0)
        return std::nullopt;
    const auto mean = [weight](std::uint64_t sum) { return static_cast<std::uint8_t>(sum / weight); };
    return Rgb{mean(red), mean(green), mean(blue)};
}

} // namespace ocellus
