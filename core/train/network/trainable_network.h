// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>

#include "core/image/picture.h"
#include "core/model/model_config.h"
#include "core/train/network/batch_norm_mode.h"
#include "core/train/network/dropout.h"
#include "core/train/network/prototype_recipe.h"

namespace ocellus {

class PassObserver;
class PatchObserver;
class PrototypeHead;
class TrainableBackbone;
class TrainablePosition;
class TrainableTransformer;
class TrainableVit;
class TrainableVitReadout;

/// INTR (arXiv 2311.04157), or the plain classifier with HeadKind::Linear, with gradients: batches, DETR's padding
/// masks and a module tree whose parameters and buffers have the released state dict's names (expectedTensors(config)).
/// On a Vision Transformer INTR too, Prompt-CAM or a linear head; behind a convolutional backbone also a head of
/// prototypes, as module "head"; the released names of these are made by releasedState().
///
/// Parameters are listed in the order of the released Python model's `named_parameters()`, because an optimizer's state
/// is saved by index. Untrained values are LibTorch's until `initialise`, `loadBackbone`, ... set them.
class TrainableNetwork : public torch::nn::Module {
public:
    using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

    /// `dropout` in [0, 1), as in the released code: attention weights, residual branches and inside the feed-forward
    /// layers. With BatchNormMode::Frozen a ResNet's conv1 and layer1 are not trained, as in DETR.
    /// `fixedPrompts`: Prompt-CAM's first blocks whose prompts stay as they are.
    /// `prototypes`: how a head of prototypes is trained.
    /// Throws Error(Unsupported, Mismatch or BadArgument) for values that make no model.
    TrainableNetwork(const ModelConfig& config, const Dropout& dropout, BatchNormMode batchNorm, int fixedPrompts = 0,
                     const PrototypeRecipe& prototypes = {});
    ~TrainableNetwork() override;

    const ModelConfig& config() const { return m_config; }

    /// `pixels` [B, 3, H, W], preprocessed and zero-padded at the right and at the bottom; `sizes`: each picture's own
    /// size, B of them. Logits [B, C]. Throws Error(Mismatch) where they do not fit together.
    at::Tensor forward(const at::Tensor& pixels, const std::vector<Size>& sizes);

    /// The backbone's grid [B, channels, h, w]; as in DETR, padding is not masked here. Of a Vision Transformer without
    /// a decoder as TrainableVitReadout::features.
    at::Tensor features(const at::Tensor& pixels);

    /// The backbone's blocks [begin, end) of backbonePlan(config) on the grid that the ones before make.
    at::Tensor runBlocks(std::size_t begin, std::size_t end, at::Tensor x);

    /// Everything after the backbone: logits [B, C]. `mask` bool [B, h, w], true where padding, anywhere; undefined
    /// where there is none. Throws Error(TooLarge) where a learned position has no entry for so many cells.
    /// `observer` may be null; a plain classifier has nothing for it to see.
    at::Tensor classify(const at::Tensor& features, const at::Tensor& mask, PassObserver* observer = nullptr);

    /// Of a Vision Transformer without a decoder: logits [C] of what enters its last block, [1, D, 1, T]. For
    /// explaining.
    at::Tensor enteringLast(const at::Tensor& pixels, PatchObserver* observer);
    at::Tensor logitsOfLast(const at::Tensor& entering, PatchObserver* observer);

    /// Null where the backbone is none, or where INTR's decoder follows it.
    TrainableVitReadout* readout() { return m_readout.get(); }
    const TrainableVitReadout* readout() const { return m_readout.get(); }

    /// Null where the head is another.
    PrototypeHead* prototypeHead() { return m_prototypes.get(); }
    const PrototypeHead* prototypeHead() const { return m_prototypes.get(); }

    /// Train -> Frozen, for the last epochs: running statistics from now on, and weight and bias of the batch norms
    /// no longer ask for gradients; the convolutions stay as they are. Throws Error(BadArgument) for Frozen -> Train of
    /// a network that was made frozen.
    void setBatchNorm(BatchNormMode mode);

    /// Nothing of the backbone is trained any more and `features` records no gradients. A learned position, which the
    /// released code counts to the backbone by its name, stays trained.
    void freezeBackbone();

    /// Those that ask for gradients, in the released order: all but `backbone.*`, and `backbone.*`.
    NamedTensors headParameters() const;
    NamedTensors backboneParameters() const;

    /// All parameters and buffers, trained or not, in the order of the modules: what a checkpoint holds.
    NamedTensors state() const;

private:
    void addInterpreter(const Dropout& dropout);
    void addPrototypes(PrototypeRecipe recipe, double dropout);
    void addBackbone(BatchNormMode batchNorm);
    NamedTensors trained(bool ofBackbone) const;
    at::Tensor logits(const at::Tensor& decoded);
    at::Tensor average(const at::Tensor& features, const at::Tensor& mask) const;

    ModelConfig m_config;
    std::shared_ptr<TrainableTransformer> m_transformer; // the first four and m_position: not with HeadKind::Linear
    torch::nn::Linear m_presence{nullptr};               // [1, D], or [C, D] with HeadKind::PerClass
    torch::nn::Embedding m_queries{nullptr};             // [C, D]
    torch::nn::Conv2d m_inputProjection{nullptr};
    torch::nn::Linear m_linear{nullptr}; // [C, channels], HeadKind::Linear only
    std::shared_ptr<PrototypeHead> m_prototypes;
    std::shared_ptr<TrainableBackbone> m_backbone;
    std::shared_ptr<TrainablePosition> m_position;
    std::shared_ptr<TrainableVit> m_vit; // in place of m_backbone
    std::shared_ptr<TrainableVitReadout> m_readout;
};

} // namespace ocellus
