// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/model/attention.h"

namespace ocellus {

/// DETR's Transformer encoder, post- or pre-norm.
class Encoder {
public:
    Encoder(const ModelConfig& config, Weights& weights, const Compute& compute);

    /// `tokens` and `position` [N, D] -> memory [N, D]. Reports Stage::Encoder between layers.
    at::Tensor run(const at::Tensor& tokens, const at::Tensor& position, const Progress& progress) const;

private:
    struct Layer {
        Layer(const std::string& prefix, const ModelConfig& config, Weights& weights, const Compute& compute);

        Attention attention;
        FeedForward feedForward;
        LayerNorm norm1;
        LayerNorm norm2;
    };

    at::Tensor runLayer(const Layer& layer, const at::Tensor& x, const at::Tensor& position,
                        const Progress& progress) const;

    bool m_preNorm;
    std::vector<Layer> m_layers;
    std::optional<LayerNorm> m_norm; // pre-norm only
};

} // namespace ocellus
