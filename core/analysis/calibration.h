// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/intervals.h"

namespace ocellus {

/// What a model said of a picture whose class is known.
struct LabelledLogits {
    std::vector<float> logits; ///< of all classes, finite
    int trueClass = 0;
};

/// Pictures whose best class has a probability in (low, high].
struct ReliabilityBin {
    double low = 0, high = 1;
    int n = 0;
    double confidence = 0; ///< mean probability of the best class; 0 without pictures, as the share
    double accuracy = 0;   ///< share that was named rightly
    Interval interval;     ///< Wilson's, of the accuracy
};

/// How far a model's probabilities can be believed.
struct Reliability {
    std::vector<ReliabilityBin> bins; ///< ascending, of equal width
    double error = 0;                 ///< expected calibration error, 0 to 1
    double loss = 0;                  ///< mean cross-entropy of the true class, natural logarithm
    int n = 0;
};

/// With the logits divided by `temperature`; the expected calibration error is the mean of |accuracy - confidence| over
/// the bins, by their pictures (C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, equation 3).
/// Throws Error(BadArgument) for a temperature that is not positive, no bins or a class outside the logits; Damaged for
/// logits that are not finite.
Reliability reliabilityOf(std::span<const LabelledLogits> pictures, double temperature = 1, int bins = 15);

/// The temperature of the least loss (the same, section 4.2), 0.05 to 20; 1 without pictures.
double fittedTemperature(std::span<const LabelledLogits> pictures);

/// A temperature that was fitted on one half of the pictures and is reported on the other.
struct Calibration {
    static constexpr int fewest = 40; ///< pictures; fewer say nothing

    double temperature = 1;
    int fitted = 0; ///< pictures that it was fitted on
    Reliability before, after;
};

/// Halves drawn by `seed`. Nothing for fewer than Calibration::fewest pictures.
std::optional<Calibration> calibrate(const std::vector<LabelledLogits>& pictures, std::uint64_t seed);

/// Which of `count` things are in the first of two halves, drawn by `seed`: the same on every machine.
std::vector<bool> drawnHalf(std::size_t count, std::uint64_t seed);

} // namespace ocellus
