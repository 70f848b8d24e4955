// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <ATen/core/Tensor.h>

#include "core/model/convolution.h"
#include "core/model/model_config.h"
#include "core/model/weights.h"

namespace ocellus {

/// y = x W^T + b.
struct Linear {
    Linear(Weights& weights, const std::string& weightName, const std::string& biasName, const Compute& compute);
    /// `weight` [out, in]; `bias` [out] or undefined.
    Linear(const at::Tensor& weight, const at::Tensor& bias, const Compute& compute);

    at::Tensor run(const at::Tensor& x) const;
    /// The rows [begin, end) of the output only: in-projections keep query, key and value in one matrix.
    at::Tensor run(const at::Tensor& x, std::int64_t begin, std::int64_t end) const;
    at::Tensor runTransposed(const at::Tensor& x, std::int64_t begin, std::int64_t end) const; ///< [n, in] -> [rows, n]

    at::Tensor weight; ///< [out, in]
    at::Tensor bias;   ///< [out]
};

struct LayerNorm {
    LayerNorm(Weights& weights, const std::string& module, const Compute& compute, double epsilon = 1e-5);

    at::Tensor run(const at::Tensor& x) const;

    at::Tensor weight;
    at::Tensor bias;
    double epsilon;
};

/// linear2(relu(linear1(x))) (Vaswani et al. 2017, section 3.3).
struct FeedForward {
    FeedForward(Weights& weights, const std::string& prefix, const Compute& compute);

    at::Tensor run(const at::Tensor& x) const;

    Linear linear1;
    Linear linear2;
};

} // namespace ocellus
