// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_estimate.h"

#include <algorithm>

namespace ocellus {

void StepTimes::add(double pictures, double seconds)
{
    if (++m_steps == 2)
        m_pictures = m_seconds = 0;
    m_pictures += pictures;
    m_seconds += seconds;
}

TrainEstimate estimateRun(const TrialTimes& trial, const TrainOptions& options, const TrainingSet& set, int epochsDone)
{
    const auto train = static_cast<double>(set.train.size());
    const auto val = static_cast<double>(set.val.size());
    TrainEstimate estimate;
    // A picture's forward pass takes about a third of its training step.
    estimate.secondsPerEpoch = trial.training.secondsPerPicture() * (train + val / 3);
    if (options.freezeBackbone) {
        const double mirrored = options.augmentation == Augmentation::None ? 0 : train;
        estimate.featureSeconds = trial.reading.secondsPerPicture() * (train + mirrored + val);
    } else {
        estimate.secondsPerEpoch += trial.reading.secondsPerPicture() * (train + val);
    }
    const int epochs = std::max(0, options.epochs - epochsDone);
    estimate.totalSeconds = estimate.featureSeconds + estimate.secondsPerEpoch * epochs;
    return estimate;
}

} // namespace ocellus
