// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/score_sums.h"

#include <algorithm>

#include "core/train/torch_optimizer_headers.h"

namespace ocellus {

void ScoreSums::add(const at::Tensor& logits, const at::Tensor& labels, double lossSum)
{
    const std::int64_t best = std::min<std::int64_t>(5, logits.size(1));
    const at::Tensor ranked = std::get<1>(logits.detach().topk(best, 1));
    const at::Tensor hits = ranked.eq(labels.unsqueeze(1));
    m_values[0] += static_cast<double>(labels.size(0));
    m_values[1] += lossSum;
    m_values[2] += hits.select(1, 0).sum().item<double>();
    m_values[3] += hits.sum().item<double>();
}

void ScoreSums::add(const ScoreSums& other)
{
    for (std::size_t i = 0; i < m_values.size(); ++i)
        m_values[i] += other.m_values[i];
}

} // namespace ocellus
