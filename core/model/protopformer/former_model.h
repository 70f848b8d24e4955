// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/model/protopformer/former_network.h"
#include "core/model/prototypes/add_on_layers.h"
#include "core/model/prototypes/prototype_distances.h"

namespace ocellus {

/// ProtoPFormer (arXiv 2208.10431) as the engine uses it: each class's maps are how alike its own prototypes are to the
/// patches that were kept, and where the class token looked that its global prototypes are compared with. What each
/// gives to the class's logit is its similarity times its weight there.
class FormerModel : public Model {
public:
    /// `source` has passed checkTensors(formerTensors(config), source).
    FormerModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                const Progress& progress);

    std::unique_ptr<const PictureMemory> encode(const at::Tensor& image, const Progress& progress) const override;
    Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const override;

    /// Had the class's own prototypes been looked for only where `attention` is above 0, and nowhere where it is not.
    Decoding::Answer answer(const PictureMemory& picture, const Decoding& whole, int classIndex,
                            std::vector<float> attention) const override;
    std::vector<float> logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                  const std::vector<float>& attention) const override;

    /// What prototypes find in a picture, before it is shared out among classes.
    struct Findings {
        FormerNetwork::Tokens tokens;
        at::Tensor similarities;      ///< [P, keep]
        at::Tensor activations;       ///< [P], the greatest of these
        at::Tensor globalActivations; ///< [G]
        at::Tensor logits;            ///< [C]
    };

    Findings find(const at::Tensor& image, const Progress& progress) const;

private:
    FormerModel(const ModelConfig& config, Weights weights, const Compute& compute);

    /// [tokens, D] -> [P, tokens] or [G, tokens].
    at::Tensor similarities(const at::Tensor& tokens, const PrototypeDistances& prototypes) const;

    /// One class's, those of patches first.
    std::vector<MapSource::Part> partsOf(int classIndex, const std::vector<float>& activations,
                                         const std::vector<float>& globalActivations) const;

    int most() const; ///< prototypes of a class, of both kinds

    /// [C], had the prototypes of `changed` found that; `found` [P] and `foundGlobal` [G] is what all of them found.
    std::vector<float> logitsOf(std::vector<float> found, std::vector<float> foundGlobal,
                                const std::vector<MapSource::Part>& changed) const;

    ModelConfig m_config;
    FormerNetwork m_network;
    AddOnLayers m_addOn;
    PrototypeDistances m_ofPatches;
    PrototypeDistances m_ofPicture;
    at::Tensor m_lastLayer;             // [C, P], its share of the whole in it
    at::Tensor m_globalLastLayer;       // [C, G], the same
    std::vector<float> m_weights;       // of m_lastLayer
    std::vector<float> m_globalWeights; // of m_globalLastLayer
};

} // namespace ocellus
