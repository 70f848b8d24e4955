// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_vit.h"

#include <string>

#include "core/base/error.h"
#include "core/model/vit/vit_formulas.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {

TrainableVit::TrainableVit(const VitConfig& config) : m_config(config)
{
    const std::int64_t width = config.width;
    const std::int64_t side = config.patchSize;
    m_classToken = register_parameter("cls_token", at::zeros({1, 1, width}));
    if (config.distillation)
        m_distillationToken = register_parameter("dist_token", at::zeros({1, 1, width}));
    if (config.registers > 0)
        m_registers = register_parameter("register_tokens", at::zeros({1, config.registers, width}));
    m_positions = register_parameter(
        "pos_embed", at::zeros({1, config.placedPrefix() + std::int64_t{config.grid} * config.grid, width}));
    const auto embedding = register_module("patch_embed", std::make_shared<torch::nn::Module>("patch_embed"));
    m_patches = embedding->register_module(
        "proj", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, width, side).stride(side).bias(config.patchBias)));
    const auto addNorm = [&](const char* name) {
        return register_module(name, torch::nn::LayerNorm(torch::nn::LayerNormOptions({width}).eps(config.eps)));
    };
    if (config.normBefore)
        m_normBefore = addNorm("norm_pre");
    const auto blocks = register_module("blocks", std::make_shared<torch::nn::Module>("blocks"));
    for (int i = 0; i < config.depth; ++i)
        m_blocks.push_back(blocks->register_module(std::to_string(i), std::make_shared<TrainableVitBlock>(config)));
    m_norm = addNorm("norm");
}

/// [B, P, D], positions added.
at::Tensor TrainableVit::prefix(std::int64_t batch) const
{
    std::vector<at::Tensor> tokens{m_classToken};
    if (m_distillationToken.defined())
        tokens.push_back(m_distillationToken);
    at::Tensor all = at::cat(tokens, 1);
    if (m_config.placedPrefix() > 0)
        all = all + m_positions.slice(1, 0, m_config.placedPrefix());
    if (m_registers.defined())
        all = at::cat({all, m_registers}, 1);
    return all.expand({batch, -1, -1});
}

TrainableVit::Tokens TrainableVit::embed(const at::Tensor& pixels)
{
    const std::int64_t side = m_config.patchSize;
    if (pixels.size(2) < side || pixels.size(3) < side)
        throw Error(ErrorCode::BadArgument, "input size",
                    "expected at least one patch of " + std::to_string(side) + " pixels each way, got " +
                        std::to_string(pixels.size(3)) + "x" + std::to_string(pixels.size(2)),
                    "Choose a larger input size");
    const at::Tensor grid = m_patches->forward(pixels);
    const at::Tensor stored = m_positions.slice(1, m_config.placedPrefix())
                                  .transpose(1, 2)
                                  .reshape({1, m_config.width, m_config.grid, m_config.grid});
    const at::Tensor placed = grid + resampledPositions(stored, m_config.resampling, static_cast<int>(grid.size(2)),
                                                        static_cast<int>(grid.size(3)));
    Tokens tokens{at::cat({prefix(pixels.size(0)), placed.flatten(2).transpose(1, 2)}, 1), grid.size(2), grid.size(3)};
    if (m_normBefore)
        tokens.values = m_normBefore->forward(tokens.values);
    return tokens;
}

at::Tensor TrainableVit::runBlock(std::size_t block, const at::Tensor& x, std::int64_t rows,
                                  const TrainableVitBlock::Detour& detour)
{
    return m_blocks[block]->run(x, rows, detour);
}

at::Tensor TrainableVit::runBlocks(std::size_t begin, std::size_t end, at::Tensor x)
{
    for (std::size_t i = begin; i < end; ++i)
        x = m_blocks[i]->run(x, x.size(1));
    return x;
}

at::Tensor TrainableVit::normed(const at::Tensor& x)
{
    return m_norm->forward(x);
}

void TrainableVit::freeze()
{
    for (at::Tensor& parameter : parameters())
        parameter.set_requires_grad(false);
}

} // namespace ocellus
