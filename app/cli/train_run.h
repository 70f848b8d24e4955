// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "app/cli/train_command.h"

namespace ocellus {

/// Runs a training whose options are resolved, as the process of its rank: the first tells the user and leaves a lock
/// and signs of life in the folder, the others keep silent. Returns an exit code; throws Error for what ends the run.
int runTraining(const TrainOptions& train, const TrainCommandOptions& options, const std::stop_token& stop);

} // namespace ocellus
