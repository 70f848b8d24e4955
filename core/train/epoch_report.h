// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace ocellus {

/// Classes whose pictures validation showed, and that no picture was taken for.
struct NeverNamed {
    static constexpr std::size_t MostTold = 5;

    int count = 0;
    std::vector<std::string> first; ///< their names, in the order of the classes, MostTold at most
};

/// What one epoch came to: a line of log.jsonl.
struct EpochReport {
    int epoch = 0; ///< from 1
    double trainLoss = 0;
    double trainAccuracy = 0; ///< acc@1 on augmented pictures, dropout on; 0 to 100
    double valLoss = 0;
    double accuracy1 = 0; ///< acc@1 on val, 0 to 100
    double accuracy5 = 0;
    double learningRate = 0; ///< of the epoch's last step
    double backboneLearningRate = 0;
    double picturesPerSecond = 0; ///< in training, over all ranks
    double seconds = 0;           ///< training and validation
    NeverNamed neverNamed;        ///< none in logs of older versions
    bool canBeBest = true;        ///< false of prototypes that lie between two pushes onto pictures

    /// By acc@1 on val; among equals the surer epoch is the better.
    bool isBetterThan(const EpochReport& other) const
    {
        return accuracy1 != other.accuracy1 ? accuracy1 > other.accuracy1 : valLoss < other.valLoss;
    }
};

/// The first of those that no other is better than, among those that can be the best.
inline std::optional<EpochReport> bestEpoch(const std::vector<EpochReport>& epochs)
{
    std::optional<EpochReport> best;
    for (const EpochReport& epoch : epochs)
        if (epoch.canBeBest && (!best || epoch.isBetterThan(*best)))
            best = epoch;
    return best;
}

/// Where a run is, for a progress bar.
struct TrainProgress {
    int epoch = 0; ///< from 1
    int epochs = 0;
    int step = 0; ///< of this epoch, from 1
    int steps = 0;
    bool validating = false;
    double loss = 0; ///< mean of this epoch so far
    double secondsLeft = 0;
};

} // namespace ocellus
