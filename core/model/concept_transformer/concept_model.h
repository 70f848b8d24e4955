// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/model/concept_transformer/concept_attention.h"
#include "core/model/model.h"
#include "core/model/vit/vit.h"

namespace ocellus {

/// A Concept Transformer (Rigotti et al., ICLR 2022) on a Vision Transformer as the engine uses it: every patch attends
/// to some concepts and the class token to others, each of which gives something to every class. Its maps are where a
/// concept is attended to, the same for all classes.
class ConceptModel : public Model {
public:
    /// `source` has passed checkTensors(conceptTensors(config), source).
    ConceptModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                 const Progress& progress);

    std::unique_ptr<const PictureMemory> encode(const at::Tensor& image, const Progress& progress) const override;
    Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const override;

    /// Attention 0 to what was taken away; the other concepts keep theirs.
    Decoding::Answer without(const PictureMemory& picture, const Decoding& whole,
                             const AttentionIntervention& intervention) const override;
    std::vector<float> logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                  const std::vector<float>& attention) const override;

    /// What is found in a picture; undefined where there are no concepts of that kind.
    struct Findings {
        at::Tensor tokens; ///< [N, D] patches after the last norm
        int rows = 0;
        int columns = 0;
        at::Tensor ofPatches;  ///< [R, N, K] attention
        at::Tensor ofPicture;  ///< [R, 1, K]
        at::Tensor cellScores; ///< [N, C] what each patch by itself gives
        at::Tensor logits;     ///< [C]: the mean of these, and what the class token gives
    };

    Findings find(const at::Tensor& image, const Progress& progress) const;

private:
    ConceptModel(const ModelConfig& config, Weights weights, const Compute& compute);

    /// What each patch gives, and all of it together, by the attention that `found` has.
    void score(Findings& found) const;
    Decoding::Arrays arraysOf(const Findings& found) const;

    int concepts() const { return m_config.concepts->ofPatches + m_config.concepts->ofPicture; }

    ModelConfig m_config;
    Vit m_vit;
    std::optional<ConceptAttention> m_ofPatches;
    std::optional<ConceptAttention> m_ofPicture;
};

} // namespace ocellus
