// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/explain/erasing_order.h"
#include "core/explain/substrate.h"

namespace ocellus {

enum class CausalMode {
    Deletion, ///< the picture's pixels give way to the substrate, the most salient first
    Insertion ///< they come back into it
};

/// "deletion" or "insertion".
std::string_view toString(CausalMode mode);

/// What the judging classifier says of inputs [3, height, width]: for each the softmax probability of its own class of
/// the untouched picture.
using JudgeScore = std::function<std::vector<double>(std::vector<std::vector<float>> inputs)>;

/// The scores along the way, both ends included: groups.size() + 1 values (Petsiuk et al. 2018, section 4.3).
/// The judge is given `atOnce` pictures a call; `progress` is asked between two. Throws Error: Mismatch for pixels
/// beyond the picture, Cancelled.
std::vector<double> causalCurve(CausalMode mode, Substrate substrate, std::span<const float> input, Size size,
                                const PixelGroups& groups, const JudgeScore& score, const Progress& progress = {},
                                std::size_t atOnce = 1);

/// The picture after the first `steps` groups.
std::vector<float> causalPicture(CausalMode mode, Substrate substrate, std::span<const float> input, Size size,
                                 const PixelGroups& groups, std::size_t steps);

/// Area under the curve, trapezoids over equal steps, the width normalised to 1. Throws Error(BadArgument) for fewer
/// than two values.
double areaUnder(std::span<const double> curve);

} // namespace ocellus
