// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr/encoder.h"

#include "core/model/torch_headers.h"

namespace ocellus {

Encoder::Layer::Layer(const std::string& prefix, const ModelConfig& config, Weights& weights, const Compute& compute)
    : attention(weights, prefix + "self_attn", config, compute),
      feedForward(weights, prefix, compute),
      norm1(weights, prefix + "norm1", compute),
      norm2(weights, prefix + "norm2", compute)
{
}

Encoder::Encoder(const ModelConfig& config, Weights& weights, const Compute& compute) : m_preNorm(config.preNorm)
{
    for (int layer = 0; layer < config.encoderLayers; ++layer)
        m_layers.emplace_back("transformer.encoder.layers." + std::to_string(layer) + ".", config, weights, compute);
    if (m_preNorm && config.encoderNorm)
        m_norm.emplace(weights, "transformer.encoder.norm", compute);
}

at::Tensor Encoder::runLayer(const Layer& layer, const at::Tensor& x, const at::Tensor& position,
                             const Progress& progress) const
{
    const at::Tensor y = m_preNorm ? layer.norm1.run(x) : x;
    const at::Tensor placed = y + position;
    const Attention& attention = layer.attention;
    const at::Tensor mixed = x + attention.attend(attention.projectQueries(placed), attention.projectKeys(placed),
                                                  attention.projectValues(y), {}, progress);
    if (m_preNorm)
        return mixed + layer.feedForward.run(layer.norm2.run(mixed));
    const at::Tensor normed = layer.norm1.run(mixed);
    return layer.norm2.run(normed + layer.feedForward.run(normed));
}

at::Tensor Encoder::run(const at::Tensor& tokens, const at::Tensor& position, const Progress& progress) const
{
    progress.at(Stage::Encoder, 0);
    at::Tensor x = tokens;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        x = runLayer(m_layers[i], x, position, progress);
        progress.at(Stage::Encoder, static_cast<double>(i + 1) / static_cast<double>(m_layers.size()));
    }
    return m_norm ? m_norm->run(x) : x;
}

} // namespace ocellus
