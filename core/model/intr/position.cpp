// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr/position.h"

#include <numbers>
#include <string>

#include "core/base/error.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Normalised sine position of one axis (DETR, appendix A.4), [count, half].
at::Tensor sineAxis(int count, int half)
{
    const at::Tensor place = at::arange(1, count + 1, at::kFloat);
    const at::Tensor scaled = place / (static_cast<float>(count) + 1e-6F) * static_cast<float>(2 * std::numbers::pi);
    const at::Tensor index = at::arange(half, at::kFloat);
    const at::Tensor period = at::pow(10000.0, 2 * at::floor(index / 2) / half);
    const at::Tensor angle = scaled.unsqueeze(1) / period;
    const at::Tensor even = angle.slice(1, 0, half, 2).sin();
    const at::Tensor odd = angle.slice(1, 1, half, 2).cos();
    return at::stack({even, odd}, 2).flatten(1);
}

} // namespace

Position::Position(const ModelConfig& config, Weights& weights, const Compute& compute)
    : m_half(config.hiddenDim / 2),
      m_compute(compute)
{
    if (config.position == PositionKind::Learned) {
        m_rowEmbedding = weights.take("backbone.1.row_embed.weight");
        m_columnEmbedding = weights.take("backbone.1.col_embed.weight");
    }
}

at::Tensor Position::axis(const at::Tensor& table, int count) const
{
    if (!table.defined())
        return sineAxis(count, m_half);
    if (count > table.size(0))
        throw Error(ErrorCode::TooLarge, "position",
                    "the learned position expects at most " + std::to_string(table.size(0)) +
                        " cells along a side, got " + std::to_string(count),
                    "Choose a smaller input size");
    return table.slice(0, 0, count);
}

at::Tensor Position::encode(int rows, int columns) const
{
    const at::Tensor row = axis(m_rowEmbedding, rows).unsqueeze(1).expand({rows, columns, m_half});
    const at::Tensor column = axis(m_columnEmbedding, columns).unsqueeze(0).expand({rows, columns, m_half});
    // DETR puts the row's half first with the sine position and the column's with the learned one.
    const at::Tensor both = m_rowEmbedding.defined() ? at::cat({column, row}, 2) : at::cat({row, column}, 2);
    return both.reshape({rows * columns, 2 * m_half}).to(m_compute.device, m_compute.type);
}

} // namespace ocellus
