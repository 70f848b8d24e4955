// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>

#include "core/model/backbone_plan.h"

namespace ocellus {

/// A convolution's `weight`, without bias: batch norm follows.
class TrainableConvolution : public torch::nn::Module {
public:
    explicit TrainableConvolution(const PlannedConvolution& plan);

    /// [B, in, H, W] -> [B, out, h, w]
    at::Tensor run(const at::Tensor& x) const;

    /// scale * run(x) + shift, both [out] and constant: what a frozen batch norm makes of it. The scale goes into the
    /// weight, forwards and backwards, so that no pass over the grid and no memory is spent on it.
    at::Tensor runAffine(const at::Tensor& x, const at::Tensor& scale, const at::Tensor& shift) const;

private:
    Window m_window;
    std::int64_t m_groups;
    at::Tensor m_weight;
};

} // namespace ocellus
