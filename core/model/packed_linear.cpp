// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/packed_linear.h"

#include "core/model/torch_headers.h"

namespace ocellus {

PackedLinear::PackedLinear(const at::Tensor& weight, const at::Tensor& bias, const Compute& compute)
{
    const at::Tensor offset = bias.defined() ? bias : at::zeros({weight.size(0)}, weight.options());
    if (compute.packed && compute.device.is_cpu() && compute.type == at::kFloat) {
        PlannedConvolution plan;
        plan.inChannels = static_cast<int>(weight.size(1));
        plan.outChannels = static_cast<int>(weight.size(0));
        m_packed.emplace(weight.unsqueeze(2).unsqueeze(3), offset, plan, compute);
        return;
    }
    m_weight = weight.to(compute.device, compute.type);
    m_bias = offset.to(compute.device, compute.type);
}

at::Tensor PackedLinear::run(const at::Tensor& x) const
{
    if (!m_packed)
        return at::addmm(m_bias, x, m_weight.t());
    // Rows are the columns of a picture one pixel high, channels last.
    const at::Tensor picture = x.contiguous().view({1, 1, x.size(0), x.size(1)}).permute({0, 3, 1, 2});
    return m_packed->run(picture).permute({0, 2, 3, 1}).reshape({x.size(0), -1});
}

} // namespace ocellus
