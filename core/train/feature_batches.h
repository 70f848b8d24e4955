// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/train/batch.h"
#include "core/train/feature_cache.h"

namespace ocellus {

/// Batches of cached features, padded to the largest grid of each.
class FeatureBatches : public BatchSource {
public:
    /// Says whether picture `index` is seen mirrored in this walk.
    using Mirrored = std::function<bool(std::size_t index)>;

    /// `cache` and `pictures` outlive this object.
    FeatureBatches(std::vector<std::vector<std::size_t>> batches, FeatureCache& cache,
                   const std::vector<TrainingPicture>& pictures, Mirrored mirrored, at::Device device);

    bool next(Batch& batch) override;

private:
    std::vector<std::vector<std::size_t>> m_batches;
    std::size_t m_next = 0;
    FeatureCache& m_cache;
    const std::vector<TrainingPicture>& m_pictures;
    Mirrored m_mirrored;
    at::Device m_device;
};

} // namespace ocellus
