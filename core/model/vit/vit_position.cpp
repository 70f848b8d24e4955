// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_position.h"

#include <array>

#include "core/model/torch_headers.h"

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
    const bool isStored = rows == m_grid.size(2) && columns == m_grid.size(3);
    return (isStored ? m_grid : resampled(rows, columns)).squeeze(0).to(m_compute.device, m_compute.type);
}

at::Tensor VitPosition::resampled(int rows, int columns) const
{
    const std::array<std::int64_t, 2> size{rows, columns};
    const auto side = static_cast<double>(m_grid.size(2));
    switch (m_resampling) {
    case PositionResampling::Timm: return at::_upsample_bicubic2d_aa(m_grid, size, false);
    case PositionResampling::Plain: return at::upsample_bicubic2d(m_grid, size, false);
    case PositionResampling::Bilinear: return at::upsample_bilinear2d(m_grid, size, false);
    case PositionResampling::Dino: break;
    }
    // The kernel steps by one over the factors, not by the grids' ratio: such models were trained with that.
    return at::upsample_bicubic2d(m_grid, size, false, (rows + 0.1) / side, (columns + 0.1) / side);
}

} // namespace ocellus
