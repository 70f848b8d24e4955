// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include "core/model/backbone_plan.h"

namespace ocellus {

/// Where tensors live and in which kernels they are computed.
struct Compute {
    at::Device device = at::kCPU;
    at::ScalarType type = at::kFloat;
    /// oneDNN's prepacked convolutions, where LibTorch has them: CPU, float32, no gradients. With channels-last
    /// pictures they run the backbone about twice as fast as separate convolution, batch norm and ReLU.
    bool packed = true;
};

/// A convolution with its batch norm folded in and the activation that follows.
class Convolution {
public:
    /// `weight` [out, in / groups, k, k] and `bias` [out] already carry the batch norm of `plan`. Where most grids are
    /// squares of `usualSide` cells, these run with weights in just the order that oneDNN takes for them; others are
    /// right too, but slower. 0: grids of any size, for which oneDNN orders the weights anew in every run.
    Convolution(const at::Tensor& weight, const at::Tensor& bias, const PlannedConvolution& plan,
                const Compute& compute, int usualSide = 0);

    /// [1, in, H, W] -> [1, out, H', W'], channels last.
    at::Tensor run(const at::Tensor& x) const;

private:
    bool isUsual(const at::Tensor& x) const;

    at::Tensor m_weight; // undefined where m_packed is used for all grids: the packed copy is the only one
    at::Tensor m_bias;
    c10::IValue m_packed; // None without oneDNN
    int m_usualSide;
    Window m_window;
    int m_groups;
    Activation m_activation;
};

} // namespace ocellus
