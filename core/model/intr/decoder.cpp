// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr/decoder.h"

#include "core/model/torch_headers.h"

namespace ocellus {

Decoder::Layer::Layer(const std::string& prefix, const ModelConfig& config, Weights& weights, const Compute& compute)
    : selfAttention(weights, prefix + "self_attn", config, compute),
      crossAttention(weights, prefix + "multihead_attn", config, compute),
      feedForward(weights, prefix, compute),
      norm1(weights, prefix + "norm1", compute),
      norm2(weights, prefix + "norm2", compute),
      norm3(weights, prefix + "norm3", compute)
{
}

Decoder::Decoder(const ModelConfig& config, Weights& weights, const Compute& compute)
    : m_preNorm(config.preNorm),
      m_norm(weights, "transformer.decoder.norm", compute)
{
    for (int layer = 0; layer < config.decoderLayers; ++layer)
        m_layers.emplace_back("transformer.decoder.layers." + std::to_string(layer) + ".", config, weights, compute);
}

MemoryProjection Decoder::project(const at::Tensor& memory) const
{
    MemoryProjection projection;
    for (const Layer& layer : m_layers) {
        projection.keys.push_back(layer.crossAttention.projectKeys(memory));
        projection.values.push_back(layer.crossAttention.projectValues(memory));
    }
    return projection;
}

at::Tensor Decoder::mixQueries(const Layer& layer, const at::Tensor& x, const at::Tensor& queries,
                               const at::Tensor& keyBias, const Progress& progress) const
{
    const at::Tensor y = m_preNorm ? layer.norm1.run(x) : x;
    const at::Tensor placed = y + queries;
    const Attention& attention = layer.selfAttention;
    const at::Tensor mixed = x + attention.attend(attention.projectQueries(placed), attention.projectKeys(placed),
                                                  attention.projectValues(y), keyBias, progress);
    return m_preNorm ? mixed : layer.norm1.run(mixed);
}

/// What follows cross-attention in a layer.
at::Tensor Decoder::feedForward(const Layer& layer, const at::Tensor& x) const
{
    if (m_preNorm)
        return x + layer.feedForward.run(layer.norm3.run(x));
    const at::Tensor y = layer.norm2.run(x);
    return layer.norm3.run(y + layer.feedForward.run(y));
}

Decoder::Output Decoder::run(const at::Tensor& queries, const at::Tensor& keyBias, const MemoryProjection& memory,
                             const Progress& progress) const
{
    progress.at(Stage::Decoder, 0);
    const auto layers = static_cast<std::int64_t>(m_layers.size());
    Output output;
    at::Tensor x = at::zeros_like(queries);
    for (std::int64_t i = 0; i < layers; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const Layer& layer = m_layers[index];
        output.states = mixQueries(layer, x, queries, keyBias, progress);
        const at::Tensor y = m_preNorm ? layer.norm2.run(output.states) : output.states;
        output.queries.push_back(layer.crossAttention.projectQueries(y + queries));
        x = output.states +
            layer.crossAttention.attend(output.queries.back(), memory.keys[index], memory.values[index], {}, progress);
        x = feedForward(layer, x);
        progress.at(Stage::Decoder, static_cast<double>(i + 1) / static_cast<double>(layers));
    }
    output.outputs = m_norm.run(x);
    return output;
}

at::Tensor Decoder::finish(const at::Tensor& states, const at::Tensor& attention, const MemoryProjection& memory) const
{
    const Layer& layer = m_layers.back();
    return m_norm.run(feedForward(layer, states + layer.crossAttention.mix(attention, memory.values.back())));
}

} // namespace ocellus
