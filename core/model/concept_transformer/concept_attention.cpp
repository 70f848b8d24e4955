// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/concept_transformer/concept_attention.h"

#include <cmath>
#include <string>

#include "core/model/host_values.h"
#include "core/model/torch_headers.h"

namespace ocellus {

ConceptAttention::ConceptAttention(const ConceptPlace& place, int heads, Weights& weights, const Compute& compute)
    : m_heads(heads)
{
    const std::string name = place.attention;
    const at::Tensor concepts = weights.take(place.concepts).squeeze(0);
    const std::int64_t width = concepts.size(1);
    const std::int64_t own = width / heads;
    const double scale = 1 / std::sqrt(static_cast<double>(own));
    m_query = (weights.take(name + "q.weight") * scale).to(compute.device, compute.type);
    const at::Tensor keyValue = concepts.matmul(weights.take(name + "kv.weight").t()).view({-1, 2, m_heads, own});
    m_keys = keyValue.select(1, 0).permute({1, 2, 0}).contiguous().to(compute.device, compute.type);
    const at::Tensor values = keyValue.select(1, 1).transpose(0, 1); // [R, K, d]
    const at::Tensor projection = weights.take(name + "proj.weight").view({-1, m_heads, own}).permute({1, 2, 0});
    const at::Tensor gains = values.matmul(projection).contiguous(); // [R, K, C]
    m_gainValues = std::make_shared<const std::vector<float>>(toVector(gains));
    m_gains = gains.flatten(0, 1).to(compute.device, compute.type);
    m_bias = weights.take(name + "proj.bias").to(compute.device, compute.type);
}

at::Tensor ConceptAttention::attention(const at::Tensor& tokens) const
{
    const at::Tensor queries = tokens.matmul(m_query.t()).view({tokens.size(0), m_heads, -1}).transpose(0, 1);
    return queries.matmul(m_keys).softmax(-1);
}

at::Tensor ConceptAttention::scores(const at::Tensor& attention) const
{
    return at::addmm(m_bias, attention.transpose(0, 1).reshape({attention.size(1), -1}), m_gains);
}

} // namespace ocellus
