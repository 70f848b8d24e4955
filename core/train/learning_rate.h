// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/train/train_options.h"

namespace ocellus {

/// Learning rates as a function of the step alone, so that a run that goes on computes what it would have had.
class LearningRate {
public:
    /// `stepsPerEpoch` at least 1.
    LearningRate(const TrainOptions& options, int stepsPerEpoch);

    /// The rate of the group whose highest is `base`, for step `step` from 0 of epoch `epoch` from 0; the formulas of
    /// PyTorch's StepLR (gamma 0.1), CosineAnnealingLR (eta_min 0) and OneCycleLR (pct_start 0.3, div_factor 25,
    /// final_div_factor 1e4, cosine), and of timm's CosineLRScheduler (lr_min 1e-6) but for its first epoch.
    double at(double base, int epoch, int step) const;

    /// `state_dict()` of the PyTorch scheduler after `epochsDone` epochs, for two groups.
    nlohmann::json stateDict(int epochsDone) const;

private:
    double oneCycle(double base, double step) const;
    double warmCosine(double base, int epoch) const;

    Schedule m_schedule;
    int m_epochs;
    int m_drop;
    int m_stepsPerEpoch;
    int m_warmup;
    double m_bases[2];
};

} // namespace ocellus
