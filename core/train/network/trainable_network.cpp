// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_network.h"

#include <string>

#include "core/base/error.h"
#include "core/base/tensor_source.h"
#include "core/model/backbone_plan.h"
#include "core/train/network/module_state.h"
#include "core/train/network/padding_mask.h"
#include "core/train/network/prototype_heads.h"
#include "core/train/network/torch_training_headers.h"
#include "core/train/network/trainable_backbone.h"
#include "core/train/network/trainable_position.h"
#include "core/train/network/trainable_transformer.h"
#include "core/train/network/trainable_vit.h"
#include "core/train/network/trainable_vit_readout.h"

namespace ocellus {

namespace {

bool hasPrototypes(HeadKind head)
{
    return head == HeadKind::Prototypes || head == HeadKind::Tree;
}

bool hasDecoder(HeadKind head)
{
    return head == HeadKind::Shared || head == HeadKind::PerClass;
}

/// Positions of patches are those of one grid.
void requireOneSize(const std::vector<Size>& sizes)
{
    for (const Size& size : sizes)
        if (size.width != sizes.front().width || size.height != sizes.front().height)
            throw Error(ErrorCode::Mismatch, "batch",
                        "expected pictures of one size for a Vision Transformer, got several",
                        "Choose a square: --image-size fixed:224 or crop:256:224");
}

} // namespace

TrainableNetwork::TrainableNetwork(const ModelConfig& config, const Dropout& dropout, BatchNormMode batchNorm,
                                   int fixedPrompts, const PrototypeRecipe& prototypes)
    : m_config(config)
{
    validate(config);
    for (const double rate : {dropout.units, dropout.heads})
        if (!(rate >= 0 && rate < 1))
            throw Error(ErrorCode::BadArgument, "dropout",
                        "expected at least 0 and less than 1, got " + std::to_string(rate));
    if (hasDecoder(config.head))
        addInterpreter(dropout);
    else if (hasPrototypes(config.head))
        addPrototypes(prototypes, dropout.units);
    else if (config.vit)
        m_readout = register_module("readout", std::make_shared<TrainableVitReadout>(config, fixedPrompts));
    else
        m_linear = register_module("fc", torch::nn::Linear(backboneChannels(config), config.queries));
    addBackbone(batchNorm);
}

TrainableNetwork::~TrainableNetwork() = default;

void TrainableNetwork::addPrototypes(PrototypeRecipe recipe, double dropout)
{
    recipe.dropout = dropout;
    m_prototypes = register_module("head", makePrototypeHead(m_config, recipe));
}

void TrainableNetwork::addBackbone(BatchNormMode batchNorm)
{
    const auto backbone = register_module("backbone", std::make_shared<torch::nn::Module>("backbone"));
    const auto body = backbone->register_module("0", std::make_shared<torch::nn::Module>("backbone"));
    if (m_config.vit)
        m_vit = body->register_module("body", std::make_shared<TrainableVit>(*m_config.vit));
    else
        m_backbone = body->register_module("body", std::make_shared<TrainableBackbone>(m_config, batchNorm));
    if (hasDecoder(m_config.head))
        m_position = backbone->register_module("1", std::make_shared<TrainablePosition>(m_config));
}

void TrainableNetwork::addInterpreter(const Dropout& dropout)
{
    const int width = m_config.hiddenDim;
    const int presences = m_config.head == HeadKind::PerClass ? m_config.queries : 1;
    m_transformer = register_module("transformer", std::make_shared<TrainableTransformer>(m_config, dropout));
    m_presence = register_module("presence_vector", torch::nn::Linear(width, presences));
    m_queries = register_module("query_embed", torch::nn::Embedding(m_config.queries, width));
    m_inputProjection = register_module(
        "input_proj", torch::nn::Conv2d(torch::nn::Conv2dOptions(backboneChannels(m_config), width, 1)));
}

at::Tensor TrainableNetwork::forward(const at::Tensor& pixels, const std::vector<Size>& sizes)
{
    if (pixels.dim() != 4 || pixels.size(0) != static_cast<std::int64_t>(sizes.size()))
        throw Error(ErrorCode::Mismatch, "batch",
                    "expected pixels for " + std::to_string(sizes.size()) + " pictures, got " +
                        shapeText({pixels.sizes().data(), pixels.sizes().size()}));
    if (m_vit)
        requireOneSize(sizes);
    const at::Tensor grid = features(pixels);
    if (m_vit)
        return classify(grid, {});
    const Size padded{static_cast<int>(pixels.size(3)), static_cast<int>(pixels.size(2))};
    return classify(grid, paddingMask(sizes, padded, static_cast<int>(grid.size(2)), static_cast<int>(grid.size(3))));
}

at::Tensor TrainableNetwork::features(const at::Tensor& pixels)
{
    if (!m_vit)
        return m_backbone->run(pixels);
    if (m_readout)
        return m_readout->features(*m_vit, pixels);
    const TrainableVit::Tokens tokens = m_vit->embed(pixels);
    return m_vit->normed(m_vit->runBlocks(0, m_vit->depth(), tokens.values))
        .slice(1, m_config.vit->prefix())
        .reshape({pixels.size(0), tokens.rows, tokens.columns, m_config.vit->width})
        .permute({0, 3, 1, 2});
}

at::Tensor TrainableNetwork::enteringLast(const at::Tensor& pixels, PatchObserver* observer)
{
    return m_readout->enteringLast(*m_vit, pixels, observer);
}

at::Tensor TrainableNetwork::logitsOfLast(const at::Tensor& entering, PatchObserver* observer)
{
    return m_readout->logitsOfLast(*m_vit, entering, observer).squeeze(0);
}

at::Tensor TrainableNetwork::runBlocks(std::size_t begin, std::size_t end, at::Tensor x)
{
    return m_backbone->runBlocks(begin, end, std::move(x));
}

at::Tensor TrainableNetwork::classify(const at::Tensor& features, const at::Tensor& mask, PassObserver* observer)
{
    const at::Tensor padding = mask.defined() ? mask.to(features.device()) : mask;
    if (m_readout)
        return m_readout->logits(*m_vit, features);
    if (m_prototypes)
        return m_prototypes->forward(features);
    if (m_linear)
        return m_linear->forward(average(features, padding));
    // A 1x1 convolution is a linear layer of tokens; where channels lie last in memory, tokens are rows already.
    const at::Tensor tokens = at::linear(features.permute({0, 2, 3, 1}).flatten(1, 2),
                                         m_inputProjection->weight.flatten(1), m_inputProjection->bias);
    return logits(m_transformer->run(tokens, m_position->encode(features, padding), m_queries->weight,
                                     padding.defined() ? padding.flatten(1) : padding, observer));
}

/// Decoder's output [B, C, D] to logits [B, C].
at::Tensor TrainableNetwork::logits(const at::Tensor& decoded)
{
    if (m_config.head == HeadKind::Shared)
        return m_presence->forward(decoded).squeeze(-1);
    return (decoded * m_presence->weight).sum(-1) + m_presence->bias;
}

/// [B, channels], over the cells that are no padding.
at::Tensor TrainableNetwork::average(const at::Tensor& features, const at::Tensor& mask) const
{
    if (!mask.defined())
        return features.mean({2, 3});
    const at::Tensor own = mask.logical_not().to(features.scalar_type()).unsqueeze(1);
    return (features * own).sum({2, 3}) / own.sum({2, 3});
}

void TrainableNetwork::setBatchNorm(BatchNormMode mode)
{
    if (m_backbone)
        m_backbone->setBatchNorm(mode);
}

void TrainableNetwork::freezeBackbone()
{
    if (m_vit)
        m_vit->freeze();
    else
        m_backbone->freeze();
}

TrainableNetwork::NamedTensors TrainableNetwork::trained(bool ofBackbone) const
{
    NamedTensors tensors;
    for (const auto& parameter : named_parameters())
        if (parameter.value().requires_grad() && parameter.key().starts_with("backbone.") == ofBackbone)
            tensors.emplace_back(parameter.key(), parameter.value());
    return tensors;
}

TrainableNetwork::NamedTensors TrainableNetwork::headParameters() const
{
    return trained(false);
}

TrainableNetwork::NamedTensors TrainableNetwork::backboneParameters() const
{
    return trained(true);
}

TrainableNetwork::NamedTensors TrainableNetwork::state() const
{
    return stateOf(*this);
}

} // namespace ocellus
