// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/feature_batches.h"

#include <algorithm>

#include "core/train/torch_optimizer_headers.h"

namespace ocellus {

FeatureBatches::FeatureBatches(std::vector<std::vector<std::size_t>> batches, FeatureCache& cache,
                               const std::vector<TrainingPicture>& pictures, Mirrored mirrored, at::Device device)
    : m_batches(std::move(batches)),
      m_cache(cache),
      m_pictures(pictures),
      m_mirrored(std::move(mirrored)),
      m_device(device)
{
}

bool FeatureBatches::next(Batch& batch)
{
    if (m_next == m_batches.size())
        return false;
    batch = {};
    batch.indices = m_batches[m_next++];
    if (batch.indices.empty())
        return true;
    std::vector<Features> all;
    int rows = 0;
    int columns = 0;
    std::vector<std::int64_t> labels;
    for (const std::size_t index : batch.indices) {
        const Features& one = all.emplace_back(m_cache.features(m_pictures[index], m_mirrored(index)));
        rows = std::max(rows, one.rows);
        columns = std::max(columns, one.columns);
        labels.push_back(m_pictures[index].classIndex);
    }
    const auto count = static_cast<std::int64_t>(all.size());
    at::Tensor grids = at::zeros({count, all.front().channels, rows, columns}, at::kFloat);
    at::Tensor mask = at::ones({count, rows, columns}, at::kBool);
    for (std::int64_t i = 0; i < count; ++i) {
        Features& one = all[static_cast<std::size_t>(i)];
        grids[i]
            .slice(1, 0, one.rows)
            .slice(2, 0, one.columns)
            .copy_(at::from_blob(one.values.data(), {one.channels, one.rows, one.columns}, at::kFloat));
        mask[i].slice(0, 0, one.rows).slice(1, 0, one.columns).fill_(false);
    }
    batch.features = grids.to(m_device);
    if (mask.any().item<bool>())
        batch.mask = mask.to(m_device);
    batch.labels = at::tensor(labels, at::kLong).to(m_device);
    return true;
}

} // namespace ocellus
