// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_input.h"

#include <algorithm>

#include "core/base/random.h"
#include "core/image/decode.h"
#include "core/train/data/epoch_order.h"
#include "core/train/feature_batches.h"
#include "core/train/picture_batches.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

using Batches = std::vector<std::vector<std::size_t>>;

constexpr int validationBatch = 16;

} // namespace

TrainingInput::TrainingInput(const TrainOptions& options, const TrainingSet& set, const TensorSource& weights,
                             at::Device device, int rank, int ranks)
    : m_options(options),
      m_set(set),
      m_device(device),
      m_rank(rank),
      m_ranks(ranks)
{
    if (options.freezeBackbone)
        m_features = std::make_unique<FeatureCache>(options, weights);
}

void TrainingInput::fillFeatures(const Progress& progress)
{
    if (!m_features)
        return;
    const auto first = static_cast<std::size_t>(m_rank);
    const auto step = static_cast<std::size_t>(m_ranks);
    m_features->fill(m_set.train, false, first, step, progress);
    if (m_options.augmentation != Augmentation::None)
        m_features->fill(m_set.train, true, first, step, progress);
    m_features->fill(m_set.val, false, first, step, progress);
}

std::size_t TrainingInput::featureCount() const
{
    return m_set.train.size() * (m_options.augmentation != Augmentation::None ? 2 : 1) + m_set.val.size();
}

int TrainingInput::stepsPerEpoch() const
{
    const auto batch = static_cast<std::size_t>(m_options.batchSize);
    return static_cast<int>((m_set.train.size() + batch - 1) / batch);
}

std::size_t TrainingInput::picturesInStep(int step) const
{
    const auto batch = static_cast<std::size_t>(m_options.batchSize);
    return std::min(batch, m_set.train.size() - static_cast<std::size_t>(step) * batch);
}

Batches TrainingInput::sharesOf(const Batches& batches) const
{
    Batches shares;
    for (const std::vector<std::size_t>& batch : batches) {
        const std::span<const std::size_t> share = shareOf(batch, m_rank, m_ranks);
        shares.emplace_back(share.begin(), share.end());
    }
    return shares;
}

std::unique_ptr<BatchSource> TrainingInput::training(int epoch, int firstStep)
{
    Batches batches = sharesOf(epochBatches(m_set.train.size(), m_options.batchSize, m_options.seed, epoch));
    batches.erase(batches.begin(), batches.begin() + firstStep);
    if (m_features) {
        const auto mirrored = [this, epoch](std::size_t index) {
            return m_options.augmentation != Augmentation::None &&
                   RandomStream{m_options.seed, static_cast<std::uint64_t>(epoch), index}.chance(0.5);
        };
        return std::make_unique<FeatureBatches>(std::move(batches), *m_features, m_set.train, mirrored, m_device);
    }
    const auto load = [this, epoch](std::size_t index) {
        const TrainingPicture& picture = m_set.train[index];
        return LoadedPicture{augment(decodePicture(picture.path), m_options.preprocess, m_options.augmentation,
                                     m_options.seed, epoch, index),
                             picture.classIndex, index};
    };
    return std::make_unique<PictureBatches>(std::move(batches), load, m_options.workers, m_device);
}

std::unique_ptr<BatchSource> TrainingInput::validation()
{
    const std::size_t together = m_options.preprocess.fixedSide > 0 ? validationBatch : 1;
    Batches batches;
    for (auto i = static_cast<std::size_t>(m_rank); i < m_set.val.size(); i += static_cast<std::size_t>(m_ranks)) {
        if (batches.empty() || batches.back().size() == together)
            batches.emplace_back();
        batches.back().push_back(i);
    }
    if (m_features)
        return std::make_unique<FeatureBatches>(
            std::move(batches), *m_features, m_set.val, [](std::size_t) { return false; }, m_device);
    const auto load = [this](std::size_t index) {
        const TrainingPicture& picture = m_set.val[index];
        return LoadedPicture{preprocess(decodePicture(picture.path), m_options.preprocess), picture.classIndex, index};
    };
    return std::make_unique<PictureBatches>(std::move(batches), load, m_options.workers, m_device);
}

} // namespace ocellus
