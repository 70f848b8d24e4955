// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit.h"

#include "core/base/error.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Prefix tokens are the same for every picture, so that their positions can be added once.
at::Tensor prefixTokens(const VitConfig& config, Weights& weights, const std::string& prefix, const at::Tensor& placed,
                        const Compute& compute)
{
    std::vector<at::Tensor> tokens{weights.take(prefix + "cls_token").view({1, -1})};
    if (config.distillation)
        tokens.push_back(weights.take(prefix + "dist_token").view({1, -1}));
    if (config.registers > 0)
        tokens.push_back(weights.take(prefix + "register_tokens").squeeze(0));
    const at::Tensor all = at::cat(tokens).to(compute.device, compute.type);
    all.slice(0, 0, placed.size(0)).add_(placed);
    return all;
}

} // namespace

Vit::Vit(const VitConfig& config, Weights& weights, const Compute& compute, const std::string& prefix)
    : m_config(config),
      m_compute(compute),
      m_patchWeight(weights.take(prefix + "patch_embed.proj.weight").to(compute.device, compute.type)),
      m_position(config, weights, prefix, compute),
      m_norm(weights, prefix + "norm", compute, config.eps)
{
    if (config.patchBias)
        m_patchBias = weights.take(prefix + "patch_embed.proj.bias").to(compute.device, compute.type);
    m_prefix = prefixTokens(config, weights, prefix, m_position.ofPrefix(), compute);
    if (config.normBefore)
        m_normBefore.emplace(weights, prefix + "norm_pre", compute, config.eps);
    for (int block = 0; block < config.depth; ++block)
        m_blocks.emplace_back(config, weights, prefix + "blocks." + std::to_string(block) + ".", compute);
    if (config.classes > 0)
        m_head.emplace(weights, prefix + "head.weight", prefix + "head.bias", compute);
    if (config.classes > 0 && config.distilledHead)
        m_distilledHead.emplace(weights, prefix + "head_dist.weight", prefix + "head_dist.bias", compute);
}

Vit::Tokens Vit::embed(const at::Tensor& image) const
{
    const std::int64_t side = m_config.patchSize;
    if (image.size(2) < side || image.size(3) < side)
        throw Error(ErrorCode::BadArgument, "input size",
                    "expected at least one patch of " + std::to_string(side) + " pixels each way, got " +
                        std::to_string(image.size(3)) + "x" + std::to_string(image.size(2)),
                    "Choose a larger input size");
    const at::Tensor grid =
        at::conv2d(image.to(m_compute.device, m_compute.type), m_patchWeight, m_patchBias, {side, side});
    Tokens tokens;
    tokens.rows = static_cast<int>(grid.size(2));
    tokens.columns = static_cast<int>(grid.size(3));
    const at::Tensor placed = grid.squeeze(0) + m_position.encode(tokens.rows, tokens.columns);
    tokens.values = at::cat({m_prefix, placed.flatten(1).t()});
    if (m_normBefore)
        tokens.values = m_normBefore->run(tokens.values);
    return tokens;
}

at::Tensor Vit::runBlocks(std::size_t begin, std::size_t end, at::Tensor x, const Progress& progress) const
{
    if (begin == 0)
        progress.at(Stage::Backbone, 0);
    for (std::size_t i = begin; i < end; ++i) {
        x = m_blocks[i].run(x, progress);
        progress.at(Stage::Backbone, static_cast<double>(i + 1) / static_cast<double>(m_blocks.size()));
    }
    return x;
}

at::Tensor Vit::logits(const at::Tensor& normedTokens) const
{
    if (!m_head)
        return {};
    const at::Tensor logits = m_head->run(normedTokens.slice(0, 0, 1)).squeeze(0);
    return m_distilledHead ? (logits + m_distilledHead->run(normedTokens.slice(0, 1, 2)).squeeze(0)) / 2 : logits;
}

at::Tensor Vit::run(const at::Tensor& image, const Progress& progress) const
{
    const Tokens tokens = embed(image);
    const at::Tensor patches =
        normed(runBlocks(0, m_blocks.size(), tokens.values, progress)).slice(0, m_config.prefix());
    return patches.reshape({1, tokens.rows, tokens.columns, m_config.width}).permute({0, 3, 1, 2});
}

} // namespace ocellus
