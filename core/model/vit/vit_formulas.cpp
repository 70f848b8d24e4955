// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_formulas.h"

#include <array>
#include <vector>

#include "core/model/torch_headers.h"

namespace ocellus {

at::Tensor resampledPositions(const at::Tensor& stored, PositionResampling resampling, int rows, int columns)
{
    if (rows == stored.size(2) && columns == stored.size(3))
        return stored;
    const std::array<std::int64_t, 2> size{rows, columns};
    const auto side = static_cast<double>(stored.size(2));
    switch (resampling) {
    case PositionResampling::Timm: return at::_upsample_bicubic2d_aa(stored, size, false);
    case PositionResampling::Plain: return at::upsample_bicubic2d(stored, size, false);
    case PositionResampling::Bilinear: return at::upsample_bilinear2d(stored, size, false);
    case PositionResampling::Dino: break;
    }
    // The kernel steps by one over the factors, not by the grids' ratio: such models were trained with that.
    return at::upsample_bicubic2d(stored, size, false, (rows + 0.1) / side, (columns + 0.1) / side);
}

at::Tensor activated(VitActivation activation, const at::Tensor& inner)
{
    switch (activation) {
    case VitActivation::Gelu: return at::gelu(inner);
    case VitActivation::QuickGelu: return inner * at::sigmoid(1.702 * inner);
    case VitActivation::SwiGlu: break;
    }
    const std::vector<at::Tensor> halves = inner.chunk(2, -1);
    return at::silu(halves[0]) * halves[1];
}

std::string feedForwardName(VitActivation activation, bool isFirst)
{
    if (activation == VitActivation::SwiGlu)
        return isFirst ? "mlp.w12" : "mlp.w3";
    return isFirst ? "mlp.fc1" : "mlp.fc2";
}

} // namespace ocellus
