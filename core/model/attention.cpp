// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/attention.h"

#include <cmath>

#include "core/model/blocked_attention.h"
#include "core/model/torch_headers.h"

namespace ocellus {
Attention::Attention(Weights& weights, const std::string& module, const ModelConfig& config, const Compute& compute)
    : m_heads(config.heads),
      m_width(config.hiddenDim / config.heads),
      m_inProjection(weights, module + ".in_proj_weight", module + ".in_proj_bias", compute),
      m_outProjection(weights, module + ".out_proj.weight", module + ".out_proj.bias", compute)
{
}

at::Tensor Attention::split(const at::Tensor& x) const
{
    return x.view({x.size(0), m_heads, m_width}).transpose(0, 1).contiguous();
}

at::Tensor Attention::join(const at::Tensor& x) const
{
    return m_outProjection.run(x.transpose(0, 1).reshape({x.size(1), m_heads * m_width}));
}

at::Tensor Attention::projectQueries(const at::Tensor& x) const
{
    return split(m_inProjection.run(x, 0, x.size(1))).div_(std::sqrt(static_cast<double>(m_width)));
}

at::Tensor Attention::projectKeys(const at::Tensor& x) const
{
    return m_inProjection.runTransposed(x, x.size(1), 2 * x.size(1)).view({m_heads, m_width, x.size(0)});
}

at::Tensor Attention::projectValues(const at::Tensor& x) const
{
    return split(m_inProjection.run(x, 2 * x.size(1), 3 * x.size(1)));
}

at::Tensor Attention::attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                             const Progress& progress) const
{
    return join(blockedAttention(q, k, v, keyBias, progress));
}

at::Tensor Attention::mix(const at::Tensor& attention, const at::Tensor& v) const
{
    return join(at::bmm(attention, v));
}

} // namespace ocellus
