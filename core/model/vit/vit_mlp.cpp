// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_mlp.h"

#include "core/model/torch_headers.h"
#include "core/model/vit/vit_formulas.h"

namespace ocellus {
namespace {

/// The inner layer is several times as wide: so many rows of it at a time are as fast as all of them.
constexpr std::int64_t rowsAtOnce = 2048;

Linear linear(Weights& weights, const std::string& module, const Compute& compute)
{
    return {weights, module + ".weight", module + ".bias", compute};
}

} // namespace

VitMlp::VitMlp(const VitConfig& config, Weights& weights, const std::string& prefix, const Compute& compute)
    : m_activation(config.activation),
      m_first(linear(weights, prefix + feedForwardName(config.activation, true), compute)),
      m_second(linear(weights, prefix + feedForwardName(config.activation, false), compute))
{
}

at::Tensor VitMlp::activated(const at::Tensor& inner) const
{
    return ocellus::activated(m_activation, inner);
}

at::Tensor VitMlp::run(const at::Tensor& x) const
{
    if (x.size(0) <= rowsAtOnce)
        return m_second.run(activated(m_first.run(x)));
    at::Tensor out = at::empty_like(x);
    for (std::int64_t begin = 0; begin < x.size(0); begin += rowsAtOnce) {
        at::Tensor rows = out.slice(0, begin, begin + rowsAtOnce);
        at::addmm_out(rows, m_second.bias, activated(m_first.run(x.slice(0, begin, begin + rowsAtOnce))),
                      m_second.weight.t());
    }
    return out;
}

} // namespace ocellus
