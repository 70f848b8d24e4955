// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/feature_cache.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/tensor_source.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "core/train/data/augmentation.h"

namespace ocellus {
namespace {

constexpr std::size_t mostTold = 10; ///< one by one; a bad disk has thousands

} // namespace

FeatureCache::FeatureCache(const TrainOptions& options, const TensorSource& weights, Tell tell)
    : m_folder(options.featureCache.empty() ? options.out / "features" : options.featureCache),
      m_store(m_folder, options.featurePrecision),
      m_preprocess(options.preprocess),
      m_weightsHash(hashOfFrozen(options, weights)),
      m_extractor(FeatureExtractor::make(options, weights)),
      m_tell(std::move(tell))
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

/// Nothing where it has to be computed.
std::optional<Features> FeatureCache::stored(const ContentKey& key, const TrainingPicture& picture, bool mirrored)
{
    try {
        return m_store.read(key);
    } catch (const Error& error) {
        ++m_damaged;
        if (m_tell && m_damaged <= mostTold)
            m_tell("Stored features are not used: " + std::string(error.what()) + "; computed anew from " +
                   picture.relative.string() + (mirrored ? ", mirrored" : "") +
                   (m_damaged == mostTold ? ". More of them are not told one by one: the disk may be failing" : ""));
        return std::nullopt;
    }
}

Features FeatureCache::features(const TrainingPicture& picture, bool mirrored)
{
    const ContentKey key = keyOf(picture, mirrored);
    if (std::optional<Features> known = stored(key, picture, mirrored))
        return std::move(*known);
    const Picture decoded = shownPicture(picture);
    const ModelInput input = preprocess(mirrored ? flipped(decoded) : decoded, m_preprocess);
    Features computed = m_extractor->run(input, {});
    if (m_keptOut.contains(key)) {
        m_store.round(computed);
        return computed;
    }
    m_store.write(key, computed);
    // Read back: what a run computes itself is then rounded like what it finds.
    if (std::optional<Features> written = m_store.read(key))
        return std::move(*written);
    throw Error(ErrorCode::Unreadable, picture.path.string(), "its features could not be read back from the cache");
}

} // namespace ocellus
