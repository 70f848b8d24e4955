// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/model/backbone.h"
#include "core/model/layers.h"

namespace ocellus {

/// The plain classifier on INTR's backbones: global average of the grid and a linear layer. Inference only, one picture
/// at a time.
class LinearClassifier {
public:
    /// `source` has passed checkStateDict(config, source).
    LinearClassifier(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                     const Progress& progress);

    const ModelConfig& config() const { return m_config; }

    /// `image` [1, 3, H, W], preprocessed, anywhere -> the grid's mean, [1, backboneChannels].
    at::Tensor pool(const at::Tensor& image, const Progress& progress) const;

    /// The same of what backbone() makes of an image.
    static at::Tensor poolGrid(const at::Tensor& grid);

    const Backbone& backbone() const { return m_backbone; }

    /// [1, backboneChannels] -> [C].
    at::Tensor logits(const at::Tensor& pooled) const;

private:
    LinearClassifier(const ModelConfig& config, Weights weights, const Compute& compute);

    ModelConfig m_config;
    Compute m_compute;
    Backbone m_backbone;
    Linear m_linear;
};

} // namespace ocellus
