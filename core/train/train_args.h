// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/train/data/training_set.h"
#include "core/train/train_options.h"

namespace ocellus {

struct EpochReport;

/// What a checkpoint says about its training as `args`: the released names where they exist, ours beside them.
nlohmann::json trainArgs(const TrainOptions& options, const TrainingSet& set);

/// Of the arguments those that make the run what it is on any machine: what requireSameRun compares, and the epochs.
nlohmann::json recipeOf(const nlohmann::json& args);

/// Throws Error(Mismatch) "--lr: the run has 5e-05, got 0.0001" for the first thing by which a run that goes on would
/// not be the run that stopped. Machines, workers and devices may differ, and with a step schedule the number of
/// epochs.
void requireSameRun(const nlohmann::json& stored, const nlohmann::json& now);

/// The same facts and the metrics of the epoch saved, as safetensors' metadata holds them: text.
std::map<std::string, std::string> trainMetadata(const nlohmann::json& args, const EpochReport& report);

} // namespace ocellus
