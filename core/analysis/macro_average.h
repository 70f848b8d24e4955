// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/analysis/evaluation.h"
#include "core/analysis/intervals.h"

namespace ocellus {

/// The mean of the classes' accuracies, each counted alike however many pictures it has.
struct MacroAverage {
    double accuracy = 0; ///< 0 to 1, of the classes that have pictures; 0 without any
    Interval interval;   ///< of 1,000 bootstrap samples of each class's pictures, 2.5 to 97.5 percent
    int classes = 0;
};

MacroAverage macroAverage(const Evaluation& evaluation, std::uint64_t seed);

} // namespace ocellus
