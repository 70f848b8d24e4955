// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/feature_cache.h"

#include "core/base/tensor_source.h"
#include "core/engine/device.h"
#include "core/model/backbone.h"
#include "core/model/state_dict.h"
#include "core/train/hash_of_tensors.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

/// Another start has other features.
std::string hashOfBackbone(const TensorSource& weights, const ModelConfig& config)
{
    const auto isBackbone = [](const TensorInfo& tensor) { return tensor.name.starts_with("backbone.0.body."); };
    return hashOfTensors(weights, isBackbone) + (config.dilation ? " dilated" : "");
}

} // namespace

/// The folded inference backbone: about twice as fast as the one that learns.
class FeatureCache::Extractor {
public:
    Extractor(const TrainOptions& options, const TensorSource& source)
        : m_weights(source, m_silent),
          m_compute(chooseCompute({.device = options.device, .threads = options.threads})),
          m_backbone(options.model, m_weights, m_compute)
    {
    }

    Features run(const ModelInput& input, const Progress& progress) const
    {
        const c10::InferenceMode inference;
        const at::Tensor pixels = at::from_blob(const_cast<float*>(input.values.data()),
                                                {1, 3, input.inputSize.height, input.inputSize.width}, at::kFloat);
        const at::Tensor grid = m_backbone.run(pixels.to(m_compute.device), progress).to(at::kCPU).contiguous();
        Features features{
            static_cast<int>(grid.size(1)), static_cast<int>(grid.size(2)), static_cast<int>(grid.size(3)), {}};
        features.values.assign(grid.data_ptr<float>(), grid.data_ptr<float>() + grid.numel());
        return features;
    }

private:
    Progress m_silent;
    Weights m_weights;
    Compute m_compute;
    Backbone m_backbone;
};

FeatureCache::FeatureCache(const TrainOptions& options, const TensorSource& weights)
    : m_folder(options.featureCache.empty() ? options.out / "features" : options.featureCache),
      m_store(m_folder),
      m_preprocess(options.preprocess),
      m_weightsHash(hashOfBackbone(weights, options.model)),
      m_extractor(std::make_unique<Extractor>(options, weights))
{
}

FeatureCache::~FeatureCache() = default;

ContentKey FeatureCache::keyOf(const TrainingPicture& picture, bool mirrored) const
{
    return featureKey(picture.contentName(), m_weightsHash, m_preprocess, mirrored);
}

bool FeatureCache::contains(const TrainingPicture& picture, bool mirrored) const
{
    return m_store.contains(keyOf(picture, mirrored));
}

void FeatureCache::fill(const std::vector<TrainingPicture>& pictures, bool mirrored, std::size_t first,
                        std::size_t step, const Progress& progress)
{
    for (std::size_t i = first; i < pictures.size(); i += step) {
        progress.at(Stage::Backbone, static_cast<double>(i) / static_cast<double>(pictures.size()));
        if (!contains(pictures[i], mirrored))
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
    m_store.write(key, m_extractor->run(input, {}));
    // Read back: what a run computes itself is then rounded to float16 like what it finds.
    if (std::optional<Features> stored = m_store.read(key))
        return std::move(*stored);
    throw Error(ErrorCode::Unreadable, picture.path.string(), "its features could not be read back from the cache");
}

} // namespace ocellus
