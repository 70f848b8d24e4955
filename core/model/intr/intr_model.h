// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/intr/intr.h"
#include "core/model/model.h"

namespace ocellus {

/// INTR as the engine uses it, on a convolutional backbone or a Vision Transformer.
class IntrModel : public Model {
public:
    /// As Intr's own.
    IntrModel(const ModelConfig& config, const TensorSource& source, const Compute& compute, const Progress& progress);

    const Intr& network() const { return m_intr; }

    const Backbone* backbone() const override { return m_intr.backbone(); }
    std::unique_ptr<const PictureMemory> encode(const at::Tensor& input, const Progress& progress) const override;
    Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const override;
    Decoding::Answer answer(const PictureMemory& picture, const Decoding& whole, int classIndex,
                            std::vector<float> attention) const override;
    std::vector<float> logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                  const std::vector<float>& attention) const override;

private:
    Intr m_intr;
};

} // namespace ocellus
