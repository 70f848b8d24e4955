// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr/presence_head.h"

#include "core/model/torch_headers.h"

namespace ocellus {

PresenceHead::PresenceHead(const ModelConfig& config, Weights& weights, const Compute& compute)
    : m_perClass(config.head == HeadKind::PerClass),
      m_linear(weights, "presence_vector.weight", "presence_vector.bias", compute)
{
}

at::Tensor PresenceHead::run(const at::Tensor& outputs, const LogitRows& logits) const
{
    const auto select = [&outputs](const at::Tensor& from, const std::vector<std::int64_t>& indices) {
        return from.index_select(0, at::tensor(indices, at::kLong).to(outputs.device()));
    };
    if (!m_perClass)
        return select(m_linear.run(outputs).squeeze(1), logits.rows);
    // The product of a row with its own vector only: a matrix product would give every row's with every vector.
    return (select(outputs, logits.rows) * select(m_linear.weight, logits.classes)).sum(1) +
           select(m_linear.bias, logits.classes);
}

} // namespace ocellus
