// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_mlp.h"

#include <vector>

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// The inner layer is several times as wide: so many rows of it at a time are as fast as all of them.
constexpr std::int64_t rowsAtOnce = 2048;

PackedLinear linear(Weights& weights, const std::string& module, const Compute& compute)
{
    const at::Tensor weight = weights.take(module + ".weight");
    return {weight, weights.take(module + ".bias"), compute};
}

std::string layerName(const VitConfig& config, bool isFirst)
{
    if (config.activation == VitActivation::SwiGlu)
        return isFirst ? "mlp.w12" : "mlp.w3";
    return isFirst ? "mlp.fc1" : "mlp.fc2";
}

} // namespace

VitMlp::VitMlp(const VitConfig& config, Weights& weights, const std::string& prefix, const Compute& compute)
    : m_activation(config.activation),
      m_first(linear(weights, prefix + layerName(config, true), compute)),
      m_second(linear(weights, prefix + layerName(config, false), compute))
{
}

at::Tensor VitMlp::activated(const at::Tensor& inner) const
{
    switch (m_activation) {
    case VitActivation::Gelu: return at::gelu(inner);
    case VitActivation::QuickGelu: return inner * at::sigmoid(1.702 * inner);
    case VitActivation::SwiGlu: break;
    }
    const std::vector<at::Tensor> halves = inner.chunk(2, 1);
    return at::silu(halves[0]) * halves[1];
}

at::Tensor VitMlp::run(const at::Tensor& x) const
{
    if (x.size(0) <= rowsAtOnce)
        return m_second.run(activated(m_first.run(x)));
    std::vector<at::Tensor> parts;
    for (const at::Tensor& rows : x.split(rowsAtOnce))
        parts.push_back(m_second.run(activated(m_first.run(rows))));
    return at::cat(parts);
}

} // namespace ocellus
