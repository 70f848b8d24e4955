// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/feature_cache.h"

#include "core/base/error.h"
#include "core/base/tensor_source.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "core/train/data/augmentation.h"

namespace ocellus {

FeatureCache::FeatureCache(const TrainOptions& options, const TensorSource& weights)
    : m_folder(options.featureCache.empty() ? options.out / "features" : options.featureCache),
      m_store(m_folder, options.featurePrecision),
      m_preprocess(options.preprocess),
      m_weightsHash(hashOfFrozen(options, weights)),
      m_extractor(FeatureExtractor::make(options, weights))
{
}

FeatureCache::~FeatureCache() = default;

ContentKey FeatureCache::keyOf(const TrainingPicture& picture, bool mirrored) const
{
    return m_store.keyed(featureKey(picture.contentName(), m_weightsHash, m_preprocess, mirrored));
}

bool FeatureCache::contains(const TrainingPicture& picture, bool mirrored) const
{
    return m_store.contains(keyOf(picture, mirrored));
}

void FeatureCache::keepOut(const TrainingPicture& picture, bool mirrored)
{
    m_keptOut.insert(keyOf(picture, mirrored));
}

bool FeatureCache::isKeptOut(const TrainingPicture& picture, bool mirrored) const
{
    return m_keptOut.contains(keyOf(picture, mirrored));
}

void FeatureCache::fill(const std::vector<TrainingPicture>& pictures, bool mirrored, std::size_t first,
                        std::size_t step, const Progress& progress)
{
    for (std::size_t i = first; i < pictures.size(); i += step) {
        progress.at(Stage::Backbone, static_cast<double>(i) / static_cast<double>(pictures.size()));
        if (!contains(pictures[i], mirrored) && !isKeptOut(pictures[i], mirrored))
            features(pictures[i], mirrored);
    }
    progress.at(Stage::Backbone, 1);
}

Features FeatureCache::features(const TrainingPicture& picture, bool mirrored)
{
    const ContentKey key = keyOf(picture, mirrored);
    if (std::optional<Features> stored = m_store.read(key))
        return std::move(*stored);
    const Picture decoded = shownPicture(picture);
    const ModelInput input = preprocess(mirrored ? flipped(decoded) : decoded, m_preprocess);
    Features computed = m_extractor->run(input, {});
    if (m_keptOut.contains(key)) {
        m_store.round(computed);
        return computed;
    }
    m_store.write(key, computed);
    // Read back: what a run computes itself is then rounded like what it finds.
    if (std::optional<Features> stored = m_store.read(key))
        return std::move(*stored);
    throw Error(ErrorCode::Unreadable, picture.path.string(), "its features could not be read back from the cache");
}

} // namespace ocellus
