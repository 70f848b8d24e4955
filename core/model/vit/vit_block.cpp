// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_block.h"

#include <cmath>

#include "core/model/blocked_attention.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Query, key and value in one product, with the division of the queries by sqrt(d) in the weights.
Linear fusedQkv(const VitConfig& config, Weights& weights, const std::string& module, const Compute& compute)
{
    const double scale = 1 / std::sqrt(static_cast<double>(config.width) / config.heads);
    at::Tensor weight = weights.take(module + ".weight");
    weight.slice(0, 0, config.width).mul_(scale);
    at::Tensor bias;
    if (config.qkvBias) {
        bias = weights.take(module + ".bias");
        bias.slice(0, 0, config.width).mul_(scale);
    }
    return {weight, bias, compute};
}

at::Tensor layerScale(const VitConfig& config, Weights& weights, const std::string& name, const Compute& compute)
{
    return config.layerScale ? weights.take(name).to(compute.device, compute.type) : at::Tensor();
}

at::Tensor scaled(const at::Tensor& x, const at::Tensor& scale)
{
    return scale.defined() ? x * scale : x;
}

} // namespace

VitBlock::VitBlock(const VitConfig& config, Weights& weights, const std::string& prefix, const Compute& compute)
    : m_heads(config.heads),
      m_norm1(weights, prefix + "norm1", compute, config.eps),
      m_qkv(fusedQkv(config, weights, prefix + "attn.qkv", compute)),
      m_projection(weights, prefix + "attn.proj.weight", prefix + "attn.proj.bias", compute),
      m_norm2(weights, prefix + "norm2", compute, config.eps),
      m_mlp(config, weights, prefix, compute),
      m_scale1(layerScale(config, weights, prefix + "ls1.gamma", compute)),
      m_scale2(layerScale(config, weights, prefix + "ls2.gamma", compute))
{
}

VitBlock::Projection VitBlock::project(const at::Tensor& x) const
{
    const at::Tensor qkv = m_qkv.run(m_norm1.run(x)).view({x.size(0), 3, m_heads, x.size(1) / m_heads});
    return {qkv.select(1, 0).transpose(0, 1), qkv.select(1, 1).permute({1, 2, 0}), qkv.select(1, 2).transpose(0, 1)};
}

at::Tensor VitBlock::attend(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                            const Progress& progress)
{
    return joinHeads(blockedAttention(queries, keys, values, {}, progress));
}

at::Tensor VitBlock::joinHeads(const at::Tensor& taken)
{
    return taken.transpose(0, 1).reshape({taken.size(1), -1});
}

at::Tensor VitBlock::finish(const at::Tensor& x, const at::Tensor& taken) const
{
    const at::Tensor y = x + scaled(m_projection.run(taken), m_scale1);
    return y + scaled(m_mlp.run(m_norm2.run(y)), m_scale2);
}

at::Tensor VitBlock::runBeside(const at::Tensor& x, const Projection& own, const Projection& others,
                               const Progress& progress) const
{
    return finish(x, joinHeads(joined(partOfAttention(own.queries, others.keys, others.values, progress),
                                      partOfAttention(own.queries, own.keys, own.values, progress))));
}

at::Tensor VitBlock::run(const at::Tensor& x, const Progress& progress) const
{
    const Projection own = project(x);
    return finish(x, attend(own.queries, own.keys, own.values, progress));
}

} // namespace ocellus
