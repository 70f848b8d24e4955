// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_position.h"

#include <algorithm>
#include <numbers>
#include <string>

#include "core/base/error.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

constexpr std::int64_t learnedCells = 50;

/// Cells counted along `axis` of [B, h, w], normalised by the last count, as sines and cosines: [B, h, w, half].
at::Tensor sineAxis(const at::Tensor& own, std::int64_t axis, std::int64_t half)
{
    const at::Tensor count = own.cumsum(axis);
    const at::Tensor last = count.narrow(axis, count.size(axis) - 1, 1);
    const at::Tensor scaled = count / (last + 1e-6) * (2 * std::numbers::pi);
    const at::Tensor index = at::arange(half, own.options());
    const at::Tensor period = at::pow(10000.0, 2 * at::floor(index / 2) / static_cast<double>(half));
    const at::Tensor angle = scaled.unsqueeze(-1) / period;
    return at::stack({angle.slice(-1, 0, half, 2).sin(), angle.slice(-1, 1, half, 2).cos()}, -1).flatten(-2);
}

} // namespace

TrainablePosition::TrainablePosition(const ModelConfig& config) : m_half(config.hiddenDim / 2)
{
    if (config.position != PositionKind::Learned)
        return;
    const auto table = [this](const char* name) -> at::Tensor {
        const auto embedding = register_module(name, torch::nn::Embedding(learnedCells, m_half));
        return embedding->weight;
    };
    m_rows = table("row_embed");
    m_columns = table("col_embed");
}

at::Tensor TrainablePosition::learned(std::int64_t rows, std::int64_t columns) const
{
    if (std::max(rows, columns) > learnedCells)
        throw Error(ErrorCode::TooLarge, "position",
                    "the learned position expects at most " + std::to_string(learnedCells) +
                        " cells along a side, got " + std::to_string(std::max(rows, columns)),
                    "Choose a smaller input size");
    // DETR puts the column's half first here, and the row's with the sine position.
    return at::cat({m_columns.slice(0, 0, columns).unsqueeze(0).expand({rows, columns, m_half}),
                    m_rows.slice(0, 0, rows).unsqueeze(1).expand({rows, columns, m_half})},
                   2)
        .view({1, rows * columns, 2 * m_half});
}

at::Tensor TrainablePosition::encode(const at::Tensor& grid, const at::Tensor& mask) const
{
    const std::int64_t rows = grid.size(2);
    const std::int64_t columns = grid.size(3);
    if (m_rows.defined())
        return learned(rows, columns);
    const at::Tensor own =
        mask.defined() ? mask.logical_not().to(grid.scalar_type()) : at::ones({1, rows, columns}, grid.options());
    return at::cat({sineAxis(own, 1, m_half), sineAxis(own, 2, m_half)}, 3).flatten(1, 2);
}

} // namespace ocellus
