// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/trainable_vit_readout.h"

#include <string>

#include "core/base/error.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

/// [B, n, D] -> [B, D, 1, n] and back.
at::Tensor asGrid(const at::Tensor& tokens)
{
    return tokens.transpose(1, 2).unsqueeze(2);
}

at::Tensor asTokens(const at::Tensor& grid)
{
    return grid.flatten(2).transpose(1, 2);
}

/// Shows the observer what a block's attention reads of the patches, and how much its first `rows` tokens look at each;
/// `skipped` tokens stand before the patches.
TrainableVitBlock::Detour watched(PatchObserver* observer, std::int64_t rows, std::int64_t skipped)
{
    if (!observer)
        return {};
    return {[=](const at::Tensor& read) {
                return at::cat({read.slice(1, 0, skipped), observer->read(read.slice(1, skipped))}, 1);
            },
            [=](const at::Tensor& weights) {
                const at::Tensor patches = weights.slice(1, 0, rows).slice(2, skipped).clone();
                observer->attended(patches);
                const at::Tensor seen = at::cat({weights.slice(1, 0, rows).slice(2, 0, skipped), patches}, 2);
                return weights.size(1) == rows ? seen : at::cat({seen, weights.slice(1, rows)}, 1);
            }};
}

} // namespace

TrainableVitReadout::TrainableVitReadout(const ModelConfig& config, int fixedBlocks)
    : m_classes(config.queries),
      m_prefix(config.vit->prefix()),
      m_layers(config.head == HeadKind::Prompts ? config.promptLayers : 0),
      m_fixed(fixedBlocks)
{
    const std::int64_t width = config.vit->width;
    if (fixedBlocks < 0 || (fixedBlocks > 0 && (m_layers != config.vit->depth || fixedBlocks >= m_layers)))
        throw Error(ErrorCode::BadArgument, "--train-prompts",
                    "expected prompts in every one of " + std::to_string(config.vit->depth) +
                        " blocks of which some are trained, got " + std::to_string(m_layers) + " with " +
                        std::to_string(fixedBlocks) + " constant");
    if (config.head != HeadKind::Prompts) {
        m_head = register_module("head", torch::nn::Linear(width, config.queries));
        if (config.vit->distilledHead)
            m_distilledHead = register_module("head_dist", torch::nn::Linear(width, config.queries));
        return;
    }
    const auto prompts = register_module("vpt", std::make_shared<torch::nn::Module>("vpt"));
    m_prompts = prompts->register_parameter("prompt_embeddings", at::zeros({m_layers - m_fixed, m_classes, width}));
    if (m_fixed > 0)
        m_fixedPrompts = prompts->register_buffer("fixed_embeddings", at::zeros({m_fixed, m_classes, width}));
    m_head = register_module("head", torch::nn::Linear(width, 1));
}

at::Tensor TrainableVitReadout::features(TrainableVit& vit, const at::Tensor& pixels)
{
    const at::Tensor embedded = vit.embed(pixels).values;
    if (m_prompts.defined())
        return asGrid(runBlocks(vit, 0, m_fixed, embedded, nullptr));
    return asGrid(vit.normed(runLast(vit, runBlocks(vit, 0, last(vit), embedded, nullptr), readRows(), nullptr)));
}

at::Tensor TrainableVitReadout::logits(TrainableVit& vit, const at::Tensor& features)
{
    const at::Tensor tokens = asTokens(features);
    return m_prompts.defined() ? ofLast(vit, runBlocks(vit, m_fixed, last(vit), tokens, nullptr), nullptr)
                               : scored(tokens);
}

at::Tensor TrainableVitReadout::enteringLast(TrainableVit& vit, const at::Tensor& pixels, PatchObserver* observer)
{
    return asGrid(runBlocks(vit, 0, last(vit), vit.embed(pixels).values, observer));
}

at::Tensor TrainableVitReadout::logitsOfLast(TrainableVit& vit, const at::Tensor& entering, PatchObserver* observer)
{
    return ofLast(vit, asTokens(entering), observer);
}

/// From the tokens that enter block `begin` to those that enter block `end`, without the prompts that either has of its
/// own.
at::Tensor TrainableVitReadout::runBlocks(TrainableVit& vit, std::int64_t begin, std::int64_t end, at::Tensor x,
                                          PatchObserver* observer) const
{
    for (std::int64_t i = begin; i < end; ++i) {
        const auto block = static_cast<std::size_t>(i);
        if (i + 1 < m_layers) {
            // What becomes of prompts in whose place the next block has its own is never read: behind the others they
            // are looked at, and their rows need not be computed.
            x = vit.runBlock(block, at::cat({x, promptsOf(i, x)}, 1), x.size(1));
        } else {
            x = withPrompts(i, x);
            x = vit.runBlock(block, x, x.size(1));
        }
        if (observer)
            observer->layerDone(x);
    }
    return x;
}

at::Tensor TrainableVitReadout::promptsOf(std::int64_t block, const at::Tensor& x) const
{
    const at::Tensor own = block < m_fixed ? m_fixedPrompts[block] : m_prompts[block - m_fixed];
    return own.expand({x.size(0), -1, -1});
}

at::Tensor TrainableVitReadout::withPrompts(std::int64_t block, const at::Tensor& x) const
{
    if (block >= m_layers)
        return x;
    return at::cat({promptsOf(block, x), x}, 1);
}

at::Tensor TrainableVitReadout::ofLast(TrainableVit& vit, const at::Tensor& x, PatchObserver* observer)
{
    return scored(vit.normed(runLast(vit, withPrompts(last(vit), x), readRows(), observer)));
}

/// The first `rows` tokens of the last block: nobody reads the others.
at::Tensor TrainableVitReadout::runLast(TrainableVit& vit, const at::Tensor& x, std::int64_t rows,
                                        PatchObserver* observer) const
{
    const std::int64_t skipped = m_prefix + (m_prompts.defined() ? m_classes : 0);
    at::Tensor y = vit.runBlock(static_cast<std::size_t>(last(vit)), x, rows, watched(observer, rows, skipped));
    if (observer)
        observer->layerDone(y);
    return y;
}

std::int64_t TrainableVitReadout::last(const TrainableVit& vit)
{
    return static_cast<std::int64_t>(vit.depth()) - 1;
}

/// How many tokens' outputs make the logits.
std::int64_t TrainableVitReadout::readRows() const
{
    if (m_prompts.defined())
        return m_classes;
    return m_distilledHead.is_empty() ? 1 : 2;
}

at::Tensor TrainableVitReadout::scored(const at::Tensor& normed)
{
    if (m_prompts.defined())
        return m_head->forward(normed).squeeze(-1);
    const at::Tensor logits = m_head->forward(normed.select(1, 0));
    return m_distilledHead.is_empty() ? logits : (logits + m_distilledHead->forward(normed.select(1, 1))) / 2;
}

at::Tensor TrainableVitReadout::allPrompts() const
{
    return m_fixed > 0 ? at::cat({m_fixedPrompts, m_prompts}) : m_prompts;
}

void TrainableVitReadout::setPrompts(const at::Tensor& all)
{
    const at::NoGradGuard values;
    if (m_fixed > 0)
        m_fixedPrompts.copy_(all.slice(0, 0, m_fixed));
    m_prompts.copy_(all.slice(0, m_fixed));
}

} // namespace ocellus
