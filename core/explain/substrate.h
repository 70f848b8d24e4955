// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// What stands where a part of a picture is taken away. All are values of the model's input, [3, height, width],
/// normalised by ImageNet's mean and std.
enum class Substrate {
    Zero,      ///< ImageNet's mean colour
    Mean,      ///< the picture's own mean colour
    Blur,      ///< the picture blurred as RISE's authors do: 11 pixels, sigma 5
    Inpainting ///< what lies around the missing pixels, spread into them
};

/// "zero", "mean", "blur" or "inpainting".
std::string_view toString(Substrate substrate);
/// The substrate of that name. Throws Error(BadArgument) that lists the names there are.
Substrate substrateOf(std::string_view name);

/// RISE's kernel, [size, size], sum 1: a point through a Gaussian filter in an array of that size, whose tails (cut at
/// four sigma, far outside) are folded back at the border, so that it is nearly flat.
std::vector<float> riseBlurKernel(int size = 11, double sigma = 5);

/// The input through that kernel, zeros beyond its border as published: it tends to the mean colour there.
/// Throws Error(Mismatch) where `input` is not [3, height, width].
std::vector<float> riseBlurred(std::span<const float> input, Size size, int kernel = 11, double sigma = 5);

/// The missing pixels (not 0 in `missing`, [height, width]) filled from the known ones: averages of what is known over
/// ever larger squares, down and up a pyramid (Gortler et al. 1996, section 3.4). The mean colour where nothing is
/// known. Throws Error(Mismatch) for sizes that do not fit together.
std::vector<float> spreadInto(std::span<const float> input, std::span<const unsigned char> missing, Size size);

/// The whole picture as it is with everything taken away. Inpainting has nothing to spread from then: it is the
/// picture's mean colour.
std::vector<float> substrateOfWhole(Substrate substrate, std::span<const float> input, Size size);

} // namespace ocellus
