// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/train/data/training_set.h"
#include "core/train/epoch_report.h"
#include "core/train/train_estimate.h"
#include "core/train/train_options.h"

namespace ocellus {

/// Who watches a run; each is called from the thread that trains, and may be empty.
struct TrainObserver {
    std::function<void(double)> featuresFilled; ///< a fraction of them
    std::function<void(const TrainProgress&)> progressed;
    std::function<void(const std::vector<EpochReport>&)> epochFinished; ///< all epochs so far
    std::function<void(const std::string&)> noted;                      ///< a sentence for the user
    std::function<bool()> isEnoughWanted; ///< asked after each epoch: true ends the run there, as a stop does
};

/// Trains INTR or the plain classifier, alone or as one of several processes that RANK, WORLD_SIZE, MASTER_ADDR and
/// MASTER_PORT bring together.
///
/// Order, augmentation and dropout are functions of the seed, the epoch and the step, so a run that was stopped or
/// killed goes on to the weights that it would have had: bit for bit on one CPU thread.
class Trainer {
public:
    /// Builds the network and its start, or with `resume` reads the last checkpoint. Throws Error: BadArgument,
    /// NotFound, Mismatch, Damaged, Unreadable, Device.
    Trainer(const TrainOptions& options, const TrainingSet& set, const TrainObserver& observer);
    ~Trainer();

    /// Epochs up to the last. A stop finishes the step and saves; false then. Throws Error: Damaged for a loss that is
    /// no number (names the pictures of its batch), Unreadable for a full disk, and what a picture throws; the last
    /// checkpoint stays as it is.
    bool run(const std::stop_token& stop);

    /// Makes some steps and scales them up. Leaves no checkpoint, but stores the features that the steps needed.
    TrainEstimate estimate(const std::stop_token& stop);

private:
    class Run;
    std::unique_ptr<Run> m_run;
};

} // namespace ocellus
