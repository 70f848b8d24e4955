// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr/intr.h"

#include <cmath>
#include <numeric>

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

PlannedConvolution inputProjection(const ModelConfig& config)
{
    PlannedConvolution plan;
    plan.inChannels = backboneChannels(config);
    plan.outChannels = config.hiddenDim;
    return plan;
}

} // namespace

Intr::Intr(const ModelConfig& config, const TensorSource& source, const Compute& compute, const Progress& progress)
    : Intr(config, Weights(source, progress), compute)
{
}

Intr::Intr(const ModelConfig& config, Weights weights, const Compute& compute)
    : m_config(config),
      m_compute(compute),
      m_position(config, weights, compute),
      m_inputProjection(weights.take("input_proj.weight"), weights.take("input_proj.bias"), inputProjection(config),
                        compute),
      m_encoder(config, weights, compute),
      m_decoder(config, weights, compute),
      m_queries(weights.take("query_embed.weight").to(compute.device, compute.type)),
      m_presence(config, weights, compute)
{
    if (config.vit)
        m_vit.emplace(*config.vit, weights, compute, "backbone.0.body.");
    else
        m_backbone.emplace(config, weights, compute);
}

Intr::Memory Intr::encode(const at::Tensor& image, const Progress& progress) const
{
    const at::Tensor placed = image.to(m_compute.device, m_compute.type);
    return encodeGrid(m_vit ? m_vit->run(placed, progress) : m_backbone->run(placed, progress), progress);
}

Intr::Memory Intr::encodeGrid(const at::Tensor& grid, const Progress& progress) const
{
    const at::Tensor features = m_inputProjection.run(grid);
    Memory memory;
    memory.rows = static_cast<int>(features.size(2));
    memory.columns = static_cast<int>(features.size(3));
    // Channels last: the tokens are rows already.
    const at::Tensor tokens = features.permute({0, 2, 3, 1}).reshape({-1, m_config.hiddenDim});
    memory.tokens = m_encoder.run(tokens, m_position.encode(memory.rows, memory.columns), progress);
    memory.projection = m_decoder.project(memory.tokens);
    return memory;
}

Intr::Decoded Intr::decode(const MemoryProjection& memory, const Queries& queries, const Progress& progress) const
{
    const auto active = static_cast<std::int64_t>(queries.classes.size());
    const std::vector<std::int64_t> rows(queries.classes.begin(), queries.classes.end());
    at::Tensor vectors = m_queries.index_select(0, at::tensor(rows, at::kLong).to(m_compute.device));
    at::Tensor keyBias;
    if (queries.zeros > 0) {
        vectors = at::cat({vectors, at::zeros({1, m_config.hiddenDim}, vectors.options())});
        keyBias = at::zeros({active + 1}, vectors.options());
        keyBias[active] = std::log(static_cast<double>(queries.zeros));
    }
    Decoded decoded;
    decoded.maps = m_decoder.run(vectors, keyBias, memory, progress);
    decoded.logits = m_presence.run(decoded.maps.outputs, queries.logits);
    return decoded;
}

at::Tensor Intr::logitsWith(const MemoryProjection& memory, const std::vector<std::int64_t>& classes,
                            const at::Tensor& states, const at::Tensor& attention) const
{
    const auto placed = [this](const at::Tensor& tensor) { return tensor.to(m_compute.device, m_compute.type); };
    LogitRows logits{classes, std::vector<std::int64_t>(classes.size())};
    std::iota(logits.rows.begin(), logits.rows.end(), std::int64_t{0});
    return m_presence.run(m_decoder.finish(placed(states), placed(attention), memory), logits);
}

Intr::Answer Intr::answer(const MemoryProjection& memory, int classIndex, const at::Tensor& state,
                          const at::Tensor& attention) const
{
    const auto placed = [this](const at::Tensor& tensor) { return tensor.to(m_compute.device, m_compute.type); };
    Answer answer;
    answer.output = m_decoder.finish(placed(state), placed(attention), memory);
    answer.logit = m_presence.run(answer.output, {{classIndex}, {0}});
    return answer;
}

} // namespace ocellus
