// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_transformer.h"

#include <limits>
#include <string>

#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

/// `count` layers as STACK.layers.0, STACK.layers.1, ...
template <typename Layer, typename Rates>
std::vector<std::shared_ptr<Layer>> addLayers(torch::nn::Module& stack, int count, const ModelConfig& config,
                                              const Rates& dropout)
{
    const auto list = stack.register_module("layers", std::make_shared<torch::nn::Module>("layers"));
    std::vector<std::shared_ptr<Layer>> layers;
    for (int i = 0; i < count; ++i)
        layers.push_back(list->register_module(std::to_string(i), std::make_shared<Layer>(config, dropout)));
    return layers;
}

torch::nn::LayerNorm addNorm(torch::nn::Module& stack, std::int64_t width)
{
    return stack.register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({width})));
}

} // namespace

TrainableTransformer::TrainableTransformer(const ModelConfig& config, const Dropout& dropout)
{
    const auto encoder = register_module("encoder", std::make_shared<torch::nn::Module>("encoder"));
    m_encoder = addLayers<TrainableEncoderLayer>(*encoder, config.encoderLayers, config, dropout.units);
    if (config.preNorm && config.encoderNorm)
        m_encoderNorm = addNorm(*encoder, config.hiddenDim);
    const auto decoder = register_module("decoder", std::make_shared<torch::nn::Module>("decoder"));
    m_decoder = addLayers<TrainableDecoderLayer>(*decoder, config.decoderLayers, config, dropout);
    m_decoderNorm = addNorm(*decoder, config.hiddenDim);
}

at::Tensor TrainableTransformer::run(const at::Tensor& tokens, const at::Tensor& position, const at::Tensor& queries,
                                     const at::Tensor& padding, PassObserver* observer)
{
    const auto done = [observer](const at::Tensor& output) {
        if (observer)
            observer->layerDone(output);
    };
    at::Tensor keyBias;
    if (padding.defined())
        keyBias = at::zeros(padding.sizes(), tokens.options().requires_grad(false))
                      .masked_fill_(padding, -std::numeric_limits<double>::infinity());
    at::Tensor memory = tokens;
    for (const auto& layer : m_encoder) {
        memory = layer->run(memory, position, keyBias);
        done(memory);
    }
    if (m_encoderNorm)
        memory = m_encoderNorm->forward(memory);
    at::Tensor x = at::zeros({tokens.size(0), queries.size(0), queries.size(1)}, tokens.options().requires_grad(false));
    for (const auto& layer : m_decoder) {
        x = layer->run(x, queries, memory, keyBias, observer);
        done(x);
    }
    return m_decoderNorm->forward(x);
}

} // namespace ocellus
