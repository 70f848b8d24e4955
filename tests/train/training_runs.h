// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/io/checkpoint.h"
#include "core/train/trainer.h"

namespace ocellus::test {

/// Of a checkpoint's tensors, by name.
using Values = std::map<std::string, std::vector<float>>;

inline Values valuesOf(const std::filesystem::path& path)
{
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path);
    Values values;
    for (const TensorInfo& tensor : checkpoint->tensors()) {
        std::vector<float>& out = values[tensor.name];
        out.resize(static_cast<std::size_t>(tensor.count()));
        checkpoint->read(tensor, out);
    }
    return values;
}

inline bool runToEnd(const TrainOptions& options, const TrainingSet& set)
{
    return Trainer(options, set, {}).run({});
}

/// Trains until `steps` steps are made, then asks to stop. True where the run says that it stopped.
inline bool runSteps(const TrainOptions& options, const TrainingSet& set, int steps)
{
    std::stop_source stop;
    int made = 0;
    TrainObserver observer;
    observer.progressed = [&](const TrainProgress& progress) {
        if (!progress.validating && ++made == steps)
            stop.request_stop();
    };
    return !Trainer(options, set, observer).run(stop.get_token());
}

} // namespace ocellus::test
