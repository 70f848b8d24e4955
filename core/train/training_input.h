// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/train/batch.h"
#include "core/train/data/training_set.h"
#include "core/train/feature_cache.h"
#include "core/train/train_options.h"

namespace ocellus {

/// One rank's share of the data set, as pictures or as a frozen backbone's features.
class TrainingInput {
public:
    /// `set` outlives this object; `weights`, a whole network, is read for the features only, whose cache tells `tell`
    /// what is wrong with it.
    TrainingInput(const TrainOptions& options, const TrainingSet& set, const TensorSource& weights, at::Device device,
                  int rank, int ranks, FeatureCache::Tell tell);

    /// Computes the rank's share of the features that the cache lacks; nothing where pictures are used.
    void fillFeatures(const Progress& progress);
    bool usesFeatures() const { return m_features != nullptr; }
    /// Throws Error(Unreadable) where the cache's disk has no room for what fillFeatures will write on all ranks.
    void requireRoom() const;
    /// What all ranks will write; 0 where pictures are used.
    std::uintmax_t missingFeatureBytes() const;

    /// How much the features take on the disk, as a sentence without a full stop. Of usesFeatures() only.
    std::string featureSummary() const;

    int stepsPerEpoch() const;
    /// Pictures of step `step` from 0, over all ranks.
    std::size_t picturesInStep(int step) const;

    /// The steps of epoch `epoch` (from 0) from `firstStep` on; outlived by this object.
    std::unique_ptr<BatchSource> training(int epoch, int firstStep);

    /// Every picture of train once, unmirrored, in its own order, whatever rank this is; outlived by this object. With
    /// features only.
    std::unique_ptr<BatchSource> walk();
    int walkBatches() const; ///< of one walk

    /// Every picture of val once, unpadded: alone, or with a fixed size some together.
    std::unique_ptr<BatchSource> validation();

private:
    /// One walk over pictures whose features are needed.
    struct FeatureWalk {
        const std::vector<TrainingPicture>& pictures;
        bool mirrored;
    };

    std::vector<FeatureWalk> featureWalks() const;
    std::uintmax_t bytesOfFeatures(const TrainingPicture& picture) const;
    void keepWithinLimit();
    std::vector<std::vector<std::size_t>> sharesOf(const std::vector<std::vector<std::size_t>>& batches) const;

    const TrainOptions& m_options;
    const TrainingSet& m_set;
    at::Device m_device;
    int m_rank;
    int m_ranks;
    std::unique_ptr<FeatureCache> m_features;
    std::uintmax_t m_featureBytes = 0; ///< of those that are kept
    std::size_t m_kept = 0;
    std::size_t m_keptOut = 0;
};

} // namespace ocellus
