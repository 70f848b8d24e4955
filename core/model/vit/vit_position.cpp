// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_position.h"

#include "core/model/torch_headers.h"
#include "core/model/vit/vit_formulas.h"

namespace ocellus {

VitPosition::VitPosition(const VitConfig& config, Weights& weights, const std::string& prefix, const Compute& compute)
    : m_resampling(config.resampling),
      m_compute(compute)
{
    const at::Tensor stored = weights.take(prefix + "pos_embed").squeeze(0); // [P' + G * G, D]
    m_prefix = stored.slice(0, 0, config.placedPrefix()).to(compute.device, compute.type);
    m_grid = stored.slice(0, config.placedPrefix()).t().reshape({1, config.width, config.grid, config.grid});
}

at::Tensor VitPosition::encode(int rows, int columns) const
{
    return resampled(rows, columns).squeeze(0).to(m_compute.device, m_compute.type);
}

at::Tensor VitPosition::resampled(int rows, int columns) const
{
    return resampledPositions(m_grid, m_resampling, rows, columns);
}

} // namespace ocellus
