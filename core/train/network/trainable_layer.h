// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include "core/model/model_config.h"

namespace ocellus {

/// What encoder and decoder layers share: residual branches with dropout, and the feed-forward branch.
class TrainableLayer : public torch::nn::Module {
protected:
    TrainableLayer(const ModelConfig& config, double dropout);

    /// Registers linear1 and linear2: a derived layer calls it after its attention, for the released order.
    void addFeedForward();
    torch::nn::LayerNorm addNorm(const std::string& name);

    /// What a branch reads: `x`, or with pre-norm norm(x).
    at::Tensor entering(const at::Tensor& x, torch::nn::LayerNorm& norm) const;
    /// x + dropout(branch), and its norm without pre-norm.
    at::Tensor joined(const at::Tensor& x, const at::Tensor& branch, torch::nn::LayerNorm& norm) const;
    /// The whole feed-forward branch, [B, n, D] -> [B, n, D].
    at::Tensor feedForward(const at::Tensor& x, torch::nn::LayerNorm& norm);

private:
    at::Tensor dropped(const at::Tensor& x) const;

    std::int64_t m_width;
    std::int64_t m_hidden;
    bool m_preNorm;
    double m_dropout;
    torch::nn::Linear m_linear1{nullptr};
    torch::nn::Linear m_linear2{nullptr};
};

} // namespace ocellus
