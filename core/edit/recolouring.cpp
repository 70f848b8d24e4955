// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/painting.h"

#include <cmath>
#include <numbers>

#include "core/edit/picture_pixels.h"

namespace ocellus {

namespace {

/// Every pixel of the mask through OKLab. Unselected ones are skipped, and neighbours of equal colour are changed once.
template <class Change>
std::vector<std::uint8_t> changedInOkLab(const Picture& picture, const Mask& mask, Change change)
{
    const PixelBox& box = mask.box();
    std::vector<std::uint8_t> bytes = cropped(picture, box).rgb;
    const auto alpha = mask.alpha();
    Rgb before, after = rgbFrom(change(okLab(before)));
    for (std::size_t i = 0; i < alpha.size(); ++i) {
        if (!alpha[i])
            continue;
        std::uint8_t* pixel = bytes.data() + i * 3;
        const Rgb colour{pixel[0], pixel[1], pixel[2]};
        if (colour != before) {
            before = colour;
            after = rgbFrom(change(okLab(colour)));
        }
        pixel[0] = after.red;
        pixel[1] = after.green;
        pixel[2] = after.blue;
    }
    return bytes;
}

double meanLightness(const Picture& picture, const Mask& mask)
{
    const PixelBox& box = mask.box();
    double sum = 0, weights = 0;
    for (int y = box.top; y < box.bottom(); ++y)
        for (int x = box.left; x < box.right(); ++x)
            if (const double weight = mask.at(x, y); weight > 0) {
                sum += weight * okLab(pixelOf(picture, x, y)).lightness;
                weights += weight;
            }
    return sum / weights;
}

} // namespace

OkLab recoloured(const OkLab& colour, const Recolour& recipe)
{
    const double angle = recipe.hue * std::numbers::pi / 180;
    const double cosine = recipe.chroma * std::cos(angle), sine = recipe.chroma * std::sin(angle);
    return {colour.lightness + recipe.lightness, cosine * colour.a - sine * colour.b,
            sine * colour.a + cosine * colour.b};
}

std::vector<std::uint8_t> recoloured(const Picture& picture, const Mask& mask, const Recolour& recipe)
{
    return changedInOkLab(picture, mask, [&recipe](const OkLab& colour) { return recoloured(colour, recipe); });
}

std::vector<std::uint8_t> recoloured(const Picture& picture, const Mask& mask, const TakeColour& recipe)
{
    const OkLab target = okLab(recipe.colour);
    const double shift = target.lightness - meanLightness(picture, mask);
    return changedInOkLab(picture, mask, [&](const OkLab& colour) {
        return OkLab{colour.lightness + shift, target.a, target.b};
    });
}

} // namespace ocellus
