// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_input.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/io/free_disk.h"
#include "core/train/data/epoch_order.h"
#include "core/train/feature_batches.h"
#include "core/train/feature_extractor.h"
#include "core/train/picture_batches.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

using Batches = std::vector<std::vector<std::size_t>>;

constexpr int validationBatch = 16;

} // namespace

TrainingInput::TrainingInput(const TrainOptions& options, const TrainingSet& set, const TensorSource& weights,
                             at::Device device, int rank, int ranks, FeatureCache::Tell tell)
    : m_options(options),
      m_set(set),
      m_device(device),
      m_rank(rank),
      m_ranks(ranks)
{
    if (options.freezeBackbone)
        m_features = std::make_unique<FeatureCache>(options, weights, std::move(tell));
    keepWithinLimit();
}

std::vector<TrainingInput::FeatureWalk> TrainingInput::featureWalks() const
{
    if (!m_features)
        return {};
    std::vector<FeatureWalk> walks{{m_set.train, false}, {m_set.val, false}};
    if (m_options.augmentation != Augmentation::None)
        walks.push_back({m_set.train, true});
    return walks;
}

void TrainingInput::fillFeatures(const Progress& progress)
{
    const std::vector<FeatureWalk> walks = featureWalks();
    double done = 0;
    double all = 0;
    for (const FeatureWalk& walk : walks)
        all += static_cast<double>(walk.pictures.size());
    for (const FeatureWalk& walk : walks) {
        const auto count = static_cast<double>(walk.pictures.size());
        const Progress part(progress.stopToken(),
                            [&](Stage stage, double fraction) { progress.at(stage, (done + fraction * count) / all); });
        m_features->fill(walk.pictures, walk.mirrored, static_cast<std::size_t>(m_rank),
                         static_cast<std::size_t>(m_ranks), part);
        done += count;
    }
}

void TrainingInput::requireRoom() const
{
    if (m_features)
        requireFreeDisk(m_features->folder(), missingFeatureBytes());
}

std::uintmax_t TrainingInput::missingFeatureBytes() const
{
    std::uintmax_t bytes = 0;
    for (const FeatureWalk& walk : featureWalks())
        for (const TrainingPicture& picture : walk.pictures)
            if (!m_features->contains(picture, walk.mirrored) && !m_features->isKeptOut(picture, walk.mirrored))
                bytes += bytesOfFeatures(picture);
    return bytes;
}

std::uintmax_t TrainingInput::bytesOfFeatures(const TrainingPicture& picture) const
{
    try {
        return static_cast<std::uintmax_t>(bytesOf(m_options.featurePrecision)) *
               featureValues(m_options, picture.size);
    } catch (const Error& error) { // which knows nothing but the size
        throw Error(error.code(), picture.path.string(), error.detail(), error.wayOut());
    }
}

/// The same ones on every rank, and in a run that goes on.
void TrainingInput::keepWithinLimit()
{
    std::uintmax_t bytes = 0;
    for (const FeatureWalk& walk : featureWalks())
        for (const TrainingPicture& picture : walk.pictures) {
            bytes += bytesOfFeatures(picture);
            if (m_options.featureLimit > 0 && bytes > m_options.featureLimit) {
                m_features->keepOut(picture, walk.mirrored);
                ++m_keptOut;
            } else {
                m_featureBytes = bytes;
                ++m_kept;
            }
        }
}

std::string TrainingInput::featureSummary() const
{
    constexpr double megabyte = 1e6;
    char size[32];
    std::snprintf(size, sizeof size, "%.1f MB", static_cast<double>(m_featureBytes) / megabyte);
    std::string text = "Features of the frozen backbone: " + std::string(size) + " on disk in " +
                       std::string(toString(m_options.featurePrecision)) + " precision, of " + std::to_string(m_kept) +
                       " pictures" + (m_options.augmentation == Augmentation::None ? "" : " and mirror images") +
                       ", in " + m_features->folder().string();
    if (m_keptOut > 0)
        text += "; " + std::to_string(m_keptOut) + " more are beyond --feature-limit and computed in every epoch";
    return text;
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
        return LoadedPicture{
            augment(shownPicture(picture), m_options.preprocess, m_options.augmentation, m_options.seed, epoch, index),
            picture.classIndex, index};
    };
    return std::make_unique<PictureBatches>(std::move(batches), load, m_options.workers, m_device);
}

int TrainingInput::walkBatches() const
{
    return (static_cast<int>(m_set.train.size()) + validationBatch - 1) / validationBatch;
}

std::unique_ptr<BatchSource> TrainingInput::walk()
{
    Batches batches;
    for (std::size_t i = 0; i < m_set.train.size(); ++i) {
        if (i % validationBatch == 0)
            batches.emplace_back();
        batches.back().push_back(i);
    }
    return std::make_unique<FeatureBatches>(
        std::move(batches), *m_features, m_set.train, [](std::size_t) { return false; }, m_device);
}

std::unique_ptr<BatchSource> TrainingInput::validation()
{
    const std::size_t together =
        m_options.preprocess.fixedSide > 0 || m_options.preprocess.cropSide > 0 ? validationBatch : 1;
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
        return LoadedPicture{preprocess(shownPicture(picture), m_options.preprocess), picture.classIndex, index};
    };
    return std::make_unique<PictureBatches>(std::move(batches), load, m_options.workers, m_device);
}

} // namespace ocellus
