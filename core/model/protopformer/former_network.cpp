// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/protopformer/former_network.h"

#include <string>

#include "core/base/error.h"
#include "core/model/protopformer/former_names.h"
#include "core/model/torch_headers.h"

namespace ocellus {

namespace {

/// Softmax over the tokens where `looked` [n or 1, T] is 1, with a little spread over all of them, as the released code
/// has it: it is not quite a softmax even where all are looked at.
at::Tensor maskedSoftmax(const at::Tensor& scores, const at::Tensor& looked)
{
    constexpr double eps = 1e-6;
    const at::Tensor top = at::exp(scores - scores.amax(-1, true)) * looked;
    return (top + eps / static_cast<double>(scores.size(-1))) / (top.sum(-1, true) + eps);
}

/// One layer's part of the rollout, [n, T] of its weights [R, n, T]: the mean of the heads without its lowest nine
/// tenths, a fifth of the identity added, rows to sum 1.
at::Tensor fused(const at::Tensor& weights)
{
    constexpr double dropped = 0.9;
    constexpr double identity = 0.2;
    const at::Tensor mean = weights.to(at::kFloat).mean(0);
    at::Tensor flat = mean.flatten();
    const auto count = static_cast<std::int64_t>(static_cast<double>(flat.numel()) * dropped);
    const at::Tensor lowest = std::get<1>(flat.topk(count, 0, false));
    flat = flat.scatter(0, lowest, 0.0);
    const at::Tensor own = at::eye(mean.size(0), mean.size(1), flat.options());
    const at::Tensor joined = (flat.view(mean.sizes()) + identity * own) / (1 + identity);
    return joined / joined.sum(1, true);
}

/// What each head [R, n, T] becomes of all of them.
at::Tensor mixed(const Linear& mixer, const at::Tensor& heads)
{
    return at::addmm(mixer.bias.unsqueeze(1), mixer.weight, heads.reshape({heads.size(0), -1})).view(heads.sizes());
}

} // namespace

FormerNetwork::FormerNetwork(const ModelConfig& config, Weights& weights, const Compute& compute)
    : m_vit(*config.vit, weights, compute, formerVit),
      m_keepLayer(config.former->keepLayer),
      m_keep(config.former->keep)
{
    const std::string prefix = formerVit;
    for (int block = 0; block < (config.former->classBlocks > 0 ? config.vit->depth : 0); ++block) {
        const std::string name = prefix + "blocks." + std::to_string(block) + ".attn.";
        m_mixers.push_back({{weights, name + "proj_l.weight", name + "proj_l.bias", compute},
                            {weights, name + "proj_w.weight", name + "proj_w.bias", compute}});
    }
    for (int block = 0; block < config.former->classBlocks; ++block)
        m_classBlocks.emplace_back(*config.vit, weights, prefix + "blocks_token_only." + std::to_string(block) + ".",
                                   compute);
}

FormerNetwork::Choice FormerNetwork::choose(const at::Tensor& rollout) const
{
    if (rollout.size(0) < m_keep)
        throw Error(ErrorCode::BadArgument, "picture",
                    "expected at least the " + std::to_string(m_keep) + " patches that the model keeps, got " +
                        std::to_string(rollout.size(0)),
                    "Prepare pictures at the size that the model was trained at");
    Choice choice;
    choice.kept = std::get<0>(std::get<1>(rollout.topk(m_keep)).sort());
    choice.policy = at::zeros({rollout.size(0) + 1}, rollout.options());
    choice.policy.slice(0, 0, 1).fill_(1);
    choice.policy.index_fill_(0, choice.kept + 1, 1);
    return choice;
}

void FormerNetwork::runDeit(Tokens& tokens, const at::Tensor& embedded, const Progress& progress) const
{
    at::Tensor x = embedded;
    const at::Tensor own = at::eye(x.size(0), x.options());
    at::Tensor looked = at::ones({1, x.size(0)}, x.options());
    at::Tensor product = at::eye(x.size(0), x.options().dtype(at::kFloat));
    for (std::size_t i = 0; i < m_vit.blocks().size(); ++i) {
        const VitBlock& block = m_vit.blocks()[i];
        progress.at(Stage::Backbone, static_cast<double>(i) / static_cast<double>(m_vit.blocks().size()));
        if (i == static_cast<std::size_t>(m_keepLayer)) {
            tokens.rollout = product.select(0, 0).slice(0, 1);
            const Choice choice = choose(tokens.rollout);
            tokens.kept = choice.kept;
            looked = at::maximum(choice.policy.to(x.scalar_type()).unsqueeze(0), own); // a token always sees itself
        }
        const VitBlock::Projection seen = block.project(x);
        const at::Tensor weights = maskedSoftmax(seen.queries.matmul(seen.keys), looked);
        x = block.finish(x, VitBlock::joinHeads(weights.matmul(seen.values)));
        if (!tokens.kept.defined())
            product = fused(weights).matmul(product);
    }
    tokens.values = m_vit.normed(x);
}

at::Tensor FormerNetwork::runTalking(std::size_t i, at::Tensor& x) const
{
    const VitBlock& block = m_vit.blocks()[i];
    const VitBlock::Projection seen = block.project(x);
    const at::Tensor before = mixed(m_mixers[i].before, seen.queries.matmul(seen.keys));
    at::Tensor weights = mixed(m_mixers[i].after, before.softmax(-1));
    x = block.finish(x, VitBlock::joinHeads(weights.matmul(seen.values)));
    return weights;
}

void FormerNetwork::runCait(Tokens& tokens, const at::Tensor& embedded, const Progress& progress) const
{
    at::Tensor x = embedded.slice(0, 1);
    at::Tensor token = embedded.slice(0, 0, 1);
    at::Tensor product = at::eye(x.size(0), x.options().dtype(at::kFloat));
    for (std::size_t i = 0; i < m_vit.blocks().size(); ++i) {
        progress.at(Stage::Backbone, static_cast<double>(i) / static_cast<double>(m_vit.blocks().size()));
        product = fused(runTalking(i, x)).matmul(product);
    }
    at::Tensor looked = at::ones({1, x.size(0) + 1}, x.options());
    std::vector<at::Tensor> looks; // of the class token
    for (std::size_t i = 0; i < m_classBlocks.size(); ++i) {
        const VitBlock& block = m_classBlocks[i];
        if (i == static_cast<std::size_t>(m_keepLayer)) {
            tokens.rollout = at::cat(looks).mean(0, true).slice(1, 1).matmul(product).squeeze(0);
            const Choice choice = choose(tokens.rollout);
            tokens.kept = choice.kept;
            looked = choice.policy.to(x.scalar_type()).unsqueeze(0);
        }
        const VitBlock::Projection seen = block.project(at::cat({token, x}));
        const at::Tensor weights = maskedSoftmax(seen.queries.slice(1, 0, 1).matmul(seen.keys), looked);
        token = block.finish(token, VitBlock::joinHeads(weights.matmul(seen.values)));
        looks.push_back(fused(weights));
    }
    tokens.values = m_vit.normed(at::cat({token, x}));
}

FormerNetwork::Tokens FormerNetwork::run(const at::Tensor& image, const Progress& progress) const
{
    const Vit::Tokens embedded = m_vit.embed(image);
    Tokens tokens;
    tokens.rows = embedded.rows;
    tokens.columns = embedded.columns;
    if (m_classBlocks.empty())
        runDeit(tokens, embedded.values, progress);
    else
        runCait(tokens, embedded.values, progress);
    progress.at(Stage::Backbone, 1);
    return tokens;
}

} // namespace ocellus
