// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/input_picture.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/normalisation_values.h"

namespace ocellus {

Picture pictureOfInput(std::span<const float> values, Size size, Normalisation normalisation)
{
    constexpr std::size_t channels = 3;
    constexpr float white = 255;
    const std::size_t pixels = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    if (size.width < 1 || size.height < 1 || values.size() != channels * pixels)
        throw Error(ErrorCode::Mismatch, "input", "expected 3 planes of the picture's size");
    const NormalisationValues scale = valuesOf(normalisation);
    Picture picture{size, std::vector<std::uint8_t>(channels * pixels)};
    for (std::size_t channel = 0; channel < channels; ++channel)
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            const float value = values[channel * pixels + pixel] * scale.deviation[channel] + scale.mean[channel];
            picture.rgb[pixel * channels + channel] =
                static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 1.0F) * white));
        }
    return picture;
}

} // namespace ocellus
