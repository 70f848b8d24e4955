// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/engine/blurred_heads.h"
#include "core/model/model_config.h"
#include "core/model/prompt_cam/prompt_crowd.h"
#include "core/model/vit/vit.h"

namespace ocellus {

/// Prompt-CAM (Chowdhury et al., arXiv 2501.09333): a frozen Vision Transformer gets a prompt for each of C classes in
/// front of its own tokens; what the last block makes of the prompts is scored by one shared vector.
///
/// Block i gets prompts of its own, in place of what block i - 1 made of its, as long as i < promptLayers; from there
/// on they are carried along. With as many as there are blocks that is Prompt-CAM-Deep, with one Prompt-CAM-Shallow. In
/// the last block row c alone makes logit c, and everything before it depends on the picture alone. What is made of a
/// block's own prompts before any token is looked at is the same for every picture and made once.
class PromptCam {
public:
    /// Attention of one block, as far as the class prompts look: prompts, prefix tokens, patches.
    struct Looks {
        at::Tensor queries; ///< [R, C, d]
        at::Tensor keys;    ///< [R, d, T]
    };

    /// What enters the last block.
    struct Picture {
        at::Tensor prompts;         ///< [C, D]; undefined where the last block has its own
        at::Tensor tokens;          ///< [P + N, D]
        at::Tensor keys;            ///< [R, d, P + N] of `tokens` in the last block
        at::Tensor values;          ///< [R, P + N, d]
        std::vector<Looks> earlier; ///< of the blocks before it, where they were asked for
        int rows = 0;
        int columns = 0;
    };

    /// What the last block makes of some classes.
    struct Decoded {
        Looks looks;
        at::Tensor alike;   ///< [R, d], what a prompt takes that looks at all T tokens alike
        at::Tensor taken;   ///< [Q, D], what each prompt took from all tokens, head by head
        at::Tensor entered; ///< [Q, D], the prompts as they entered
        at::Tensor outputs; ///< [Q, D] after the final norm
        at::Tensor logits;  ///< [Q]
    };

    /// `source` has the tensors of promptCamTensors(config). `withEarlier` lets encode() keep what the prompts look at
    /// before the last block.
    PromptCam(const ModelConfig& config, const TensorSource& source, bool withEarlier, const Compute& compute,
              const Progress& progress);

    const ModelConfig& config() const { return m_config; }
    const Vit& vit() const { return m_vit; }
    bool isDeep() const { return m_config.promptLayers == m_config.vit->depth; }

    /// `image` [1, 3, H, W], preprocessed, anywhere.
    Picture encode(const at::Tensor& image, const Progress& progress) const;

    /// `classes` in their order; all of them where the model is not deep.
    Decoded decode(const Picture& picture, const std::vector<int>& classes, const Progress& progress) const;

    /// Outputs [n, D] of one row, had it looked at all tokens alike with the heads of each of n lists, its scores being
    /// 0 there.
    at::Tensor blurred(const Decoded& decoded, int row, const std::vector<std::vector<int>>& heads) const;

    at::Tensor scored(const at::Tensor& outputs) const { return m_head.run(outputs).squeeze(1); } ///< [n, D] -> [n]

private:
    PromptCam(const ModelConfig& config, Weights weights, bool withEarlier, const Compute& compute,
              const Progress& progress);

    at::Tensor runWithoutPrompts(std::size_t block, const at::Tensor& x, Picture& picture,
                                 const Progress& progress) const;

    ModelConfig m_config;
    Vit m_vit;
    bool m_keepsEarlier;
    at::Tensor m_prompts; // [C, D] of the last block that has prompts of its own
    /// Of each block's prompts in whose place the next block has its own; queries are undefined unless earlier looks
    /// are kept.
    std::vector<VitBlock::Projection> m_own;
    std::optional<PromptCrowd> m_crowd; // of the last block's own prompts, where it has some
    Linear m_head;                      // [1, D]
};

/// Blurs one head of row `row` after the other, each time the one whose blurring leaves the class's probability
/// highest, the first of equals (as Prompt-CAM's notebook does). Costs a few rows' feed-forward layers.
BlurredHeads rankHeadsByBlurring(const PromptCam& model, const PromptCam::Decoded& decoded, int row,
                                 const Progress& progress);

} // namespace ocellus
