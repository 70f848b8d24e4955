// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/model/model.h"
#include "core/model/prototypes/prototype_network.h"

namespace ocellus {

/// ProtoPNet (arXiv 1806.10574) as the engine uses it: each class's maps are how alike its own prototypes are to every
/// place of the picture, and what each gives to the class's logit is its greatest similarity times its weight there.
class ProtoPNetModel : public Model {
public:
    /// `source` has passed checkTensors(protoPNetTensors(config), source).
    ProtoPNetModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                   const Progress& progress);

    const Backbone* backbone() const override { return m_network.backbone(); }
    std::unique_ptr<const PictureMemory> encode(const at::Tensor& input, const Progress& progress) const override;
    Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const override;

    /// Had the class's own prototypes been looked for only where `attention` is above 0, and nowhere where it is not.
    Decoding::Answer answer(const PictureMemory& picture, const Decoding& whole, int classIndex,
                            std::vector<float> attention) const override;
    std::vector<float> logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                  const std::vector<float>& attention) const override;

    /// What prototypes find in a picture, before it is shared out among classes; [P, h', w'] and [P], squared
    /// distances.
    struct Findings {
        at::Tensor distances;
        at::Tensor similarities;
        at::Tensor activations;
        at::Tensor logits; ///< [C]
    };

    /// Of what the network has embedded.
    Findings find(const at::Tensor& embedded) const;

    const PrototypeNetwork& network() const { return m_network; }

private:
    ProtoPNetModel(const ModelConfig& config, Weights weights, const Compute& compute);

    /// [C], had the prototypes of `changed` found that.
    std::vector<float> logitsOf(std::vector<float> activations, const std::vector<MapSource::Part>& changed) const;

    ModelConfig m_config;
    PrototypeNetwork m_network;
    at::Tensor m_lastLayer;                       // [C, P]
    std::vector<std::vector<int>> m_prototypesOf; // of each class
    std::vector<float> m_weights;                 // of m_lastLayer
};

} // namespace ocellus
