// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/train/data/training_set.h"
#include "core/train/train_options.h"

namespace ocellus {

/// Draws where a network looks in a few validation pictures, always the same ones, as its last checkpoint has it: one
/// row an epoch, so that one sees its heads find their parts.
class WatchedMaps {
public:
    /// `count` pictures of as many classes as there are, from the first to the last. Both must outlive this.
    WatchedMaps(const TrainOptions& options, const TrainingSet& set, int count);

    /// OUT/maps/epoch-0003.png of OUT/checkpoint.pth: each picture with the mean map of its own class,
    /// from that map's least to its most. A sentence
    /// where the model has no maps. Throws what Engine::open and decodePicture throw, and Error(Unreadable).
    std::string draw(int epoch) const;

private:
    const TrainOptions& m_options;
    std::vector<TrainingPicture> m_pictures;
};

} // namespace ocellus
