// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/formula_source.h"
#include "core/model/model_config.h"

namespace ocellus {

/// A part of a network whose weights a sanity check takes away at once.
struct RandomisationStage {
    std::string name;                  ///< "decoder.5", "layer3"
    std::vector<std::string> prefixes; ///< of its tensors' names
    /// It lies behind the last cross-attention: attention cannot depend on it, however the maps are made of it.
    bool isBehindAttention = false;
};

/// Whether INTR's decoder makes the maps.
bool hasDecoder(const ModelConfig& config);

/// From the top down (Adebayo et al. 2018, arXiv 1810.03292, cascading): what makes the logits, final norm, decoder
/// from its last layer on, queries, encoder, projection, the backbone's stages. Of a plain classifier: `fc`, the
/// stages. Of a Vision Transformer its head and final norm, its blocks from the last on, the projection of patches.
/// Prompt-CAM's prompts come before all blocks, although every block reads some: with the head they are what was learnt
/// of the classes, and a block of the frozen network beneath them changes every map, whatever the prompts are. Throws
/// Error(Unsupported) for prototypes.
std::vector<RandomisationStage> randomisationStages(const ModelConfig& config);

/// A state dict with the tensors of some stages drawn anew, norms and their statistics too: the formula's numbers under
/// the name "random/SEED/" + NAME, in the range for NAME. A learned position is left alone.
class RandomisedSource : public TensorSource {
public:
    /// `base` outlives it.
    RandomisedSource(const TensorSource& base, std::span<const RandomisationStage> stages, std::uint64_t seed);

    const std::vector<TensorInfo>& tensors() const override { return m_base.tensors(); }
    void read(const TensorInfo& tensor, std::span<float> out) const override;

private:
    const TensorSource& m_base;
    std::vector<std::string> m_prefixes;
    FormulaSource m_drawn;
};

} // namespace ocellus
