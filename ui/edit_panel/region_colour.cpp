// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/region_colour.h"

#include <algorithm>
#include <cmath>

#include "core/edit/painting.h"

namespace ocellus {

namespace {

constexpr double MostAdded = 10'000;
constexpr double MostChanged = 1'000; // which costs more

/// Calls take(colour, weight) for pixels of the mask, evenly spread; false where there is none.
template <class Take>
bool overPixels(const QImage& picture, const Mask& mask, double most, Take take)
{
    if (mask.empty() || Size{picture.width(), picture.height()} != mask.pictureSize())
        return false;
    const PixelBox& box = mask.box();
    const int step = std::max(1, static_cast<int>(std::ceil(std::sqrt(static_cast<double>(box.area()) / most))));
    bool isAny = false;
    for (int y = box.top; y < box.bottom(); y += step)
        for (int x = box.left; x < box.right(); x += step)
            if (const std::uint64_t weight = mask.at(x, y); weight > 0) {
                const QRgb pixel = picture.pixel(x, y);
                take(Rgb{static_cast<std::uint8_t>(qRed(pixel)), static_cast<std::uint8_t>(qGreen(pixel)),
                         static_cast<std::uint8_t>(qBlue(pixel))},
                     weight);
                isAny = true;
            }
    return isAny;
}

} // namespace

std::optional<Rgb> meanColour(const QImage& picture, const Mask& mask)
{
    std::uint64_t red = 0, green = 0, blue = 0, weights = 0;
    const bool isAny = overPixels(picture, mask, MostAdded, [&](const Rgb& colour, std::uint64_t weight) {
        red += weight * colour.red;
        green += weight * colour.green;
        blue += weight * colour.blue;
        weights += weight;
    });
    if (!isAny)
        return std::nullopt;
    const auto mean = [weights](std::uint64_t sum) { return static_cast<std::uint8_t>(sum / weights); };
    return Rgb{mean(red), mean(green), mean(blue)};
}

std::optional<double> meanChange(const QImage& picture, const Mask& mask, const Recolour& recipe)
{
    double sum = 0, weights = 0;
    const bool isAny = overPixels(picture, mask, MostChanged, [&](const Rgb& colour, std::uint64_t weight) {
        const Rgb after = rgbFrom(recoloured(okLab(colour), recipe));
        sum += static_cast<double>(weight) * colourDistance(cieLab(colour), cieLab(after));
        weights += static_cast<double>(weight);
    });
    return isAny ? std::optional(sum / weights) : std::nullopt;
}

} // namespace ocellus
