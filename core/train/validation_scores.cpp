// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/validation_scores.h"

#include <span>

#include "core/train/torch_optimizer_headers.h"

namespace ocellus {

ValidationScores::ValidationScores(const TrainingSet& set)
    : m_energies(set.val.size()),
      m_timesNamed(set.classNames.size())
{
}

void ValidationScores::add(const Batch& batch, const at::Tensor& logits, double lossSum)
{
    m_sums.add(logits, batch.labels, lossSum);
    const at::Tensor sums = logits.to(at::kDouble).logsumexp(1).to(at::kCPU).contiguous();
    for (std::size_t i = 0; i < batch.indices.size(); ++i)
        m_energies.at(batch.indices[i]) = -sums.data_ptr<double>()[i];
    const at::Tensor best = logits.argmax(1).to(at::kCPU).contiguous();
    for (const std::int64_t named : std::span(best.data_ptr<std::int64_t>(), static_cast<std::size_t>(best.numel())))
        ++m_timesNamed.at(static_cast<std::size_t>(named));
}

void ValidationScores::sum(ProcessGroup& group)
{
    group.sum(m_sums.values());
    group.sum(m_energies);
    group.sum(m_timesNamed);
}

NeverNamed ValidationScores::neverNamed(const TrainingSet& set) const
{
    std::vector<bool> isShown(set.classNames.size());
    for (const TrainingPicture& picture : set.val)
        isShown.at(static_cast<std::size_t>(picture.classIndex)) = true;
    NeverNamed never;
    for (std::size_t i = 0; i < isShown.size(); ++i)
        if (isShown[i] && m_timesNamed[i] == 0 && ++never.count <= static_cast<int>(NeverNamed::MostTold))
            never.first.push_back(set.classNames[i]);
    return never;
}

} // namespace ocellus
