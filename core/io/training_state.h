// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include <nlohmann/json.hpp>

namespace ocellus {

/// One parameter group as torch.optim.AdamW saves it.
struct ParameterGroup {
    double learningRate = 0;
    double initialLearningRate = 0; ///< what schedulers start from
    double weightDecay = 0;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    std::vector<int> parameters; ///< indices into the order of all parameters, groups one after the other: 0, 1, 2, ...
};

/// What a training run needs besides weights to go on where it was.
struct TrainingState {
    std::vector<ParameterGroup> groups;
    std::vector<std::int64_t> steps; ///< per parameter: optimizer steps taken; 0: no moments yet
    nlohmann::json scheduler;        ///< lr_scheduler.state_dict(): plain values
    int epoch = 0;        ///< 0-based index of the last finished epoch, as the released code counts; -1: none
    nlohmann::json args;  ///< object, an argparse.Namespace in the file
    nlohmann::json extra; ///< further top-level keys, plain values (best accuracy, metrics, ...), or null
};

} // namespace ocellus
