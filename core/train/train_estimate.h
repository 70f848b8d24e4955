// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/train/data/training_set.h"
#include "core/train/train_options.h"

namespace ocellus {

/// Seconds of some steps. The first step of a process is slow: it counts only where there is no other.
class StepTimes {
public:
    void add(double pictures, double seconds);

    /// 0 without a step.
    double secondsPerPicture() const { return m_pictures > 0 ? m_seconds / m_pictures : 0; }

private:
    int m_steps = 0;
    double m_pictures = 0;
    double m_seconds = 0;
};

/// What a few steps of a run took.
struct TrialTimes {
    StepTimes reading; ///< decoding and augmenting, or computing the features of a frozen backbone
    StepTimes training;
};

/// What a run will take.
struct TrainEstimate {
    int stepsPerEpoch = 0;
    double secondsPerEpoch = 0; ///< training and validation
    double featureSeconds = 0;  ///< once, with a frozen backbone
    double totalSeconds = 0;
    std::uintmax_t diskBytes = 0; ///< of all files that the run will add
};

/// Scales a trial up to the epochs after `epochsDone`; disk and steps are left for who knows them. Reading and training
/// are added, as on a machine whose cores are all in use by either.
TrainEstimate estimateRun(const TrialTimes& trial, const TrainOptions& options, const TrainingSet& set, int epochsDone);

} // namespace ocellus
