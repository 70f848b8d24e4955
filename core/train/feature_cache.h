// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "core/base/progress.h"
#include "core/train/data/feature_store.h"
#include "core/train/data/training_set.h"
#include "core/train/feature_extractor.h"
#include "core/train/train_options.h"

namespace ocellus {

class TensorSource;

/// A frozen backbone's features of pictures and their mirror images: computed once, then read from the disk.
class FeatureCache {
public:
    /// Told of a file of the cache that is not what was written, as a sentence for the user.
    using Tell = std::function<void(const std::string&)>;

    /// Loads the backbone out of `weights`, which may hold a whole network. Throws Error: Unreadable where the folder
    /// cannot be made, Device.
    FeatureCache(const TrainOptions& options, const TensorSource& weights, Tell tell);
    ~FeatureCache();

    /// Computes what is not there yet of every `step`-th picture from `first` on. Reports Stage::Backbone.
    void fill(const std::vector<TrainingPicture>& pictures, bool mirrored, std::size_t first, std::size_t step,
              const Progress& progress);

    const std::filesystem::path& folder() const { return m_folder; }
    bool contains(const TrainingPicture& picture, bool mirrored) const;

    /// This one is computed each time that it is asked for: the disk is for others.
    void keepOut(const TrainingPicture& picture, bool mirrored);
    bool isKeptOut(const TrainingPicture& picture, bool mirrored) const;

    /// From the disk, else computed, also in the place of a damaged file, which is told. Throws what decoding a picture
    /// throws.
    Features features(const TrainingPicture& picture, bool mirrored);

private:
    ContentKey keyOf(const TrainingPicture& picture, bool mirrored) const;
    std::optional<Features> stored(const ContentKey& key, const TrainingPicture& picture, bool mirrored);

    std::filesystem::path m_folder;
    FeatureStore m_store;
    PreprocessOptions m_preprocess;
    std::string m_weightsHash;
    std::unique_ptr<const FeatureExtractor> m_extractor;
    std::set<ContentKey> m_keptOut;
    Tell m_tell;
    std::size_t m_damaged = 0; ///< files so far
};

} // namespace ocellus
