// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prompt_cam/prompt_cam.h"

#include <algorithm>
#include <numeric>

#include "core/model/torch_headers.h"

namespace ocellus {

namespace {

/// As the products that are made of it again and again want it.
VitBlock::Projection projected(const VitBlock& block, const at::Tensor& prompts, bool withQueries)
{
    const VitBlock::Projection own = block.project(prompts);
    return {withQueries ? own.queries.contiguous() : at::Tensor(), own.keys.contiguous(), own.values.contiguous()};
}

} // namespace

PromptCam::PromptCam(const ModelConfig& config, const TensorSource& source, bool withEarlier, const Compute& compute,
                     const Progress& progress)
    : PromptCam(config, Weights(source, progress), withEarlier, compute, progress)
{
}

PromptCam::PromptCam(const ModelConfig& config, Weights weights, bool withEarlier, const Compute& compute,
                     const Progress& progress)
    : m_config(config),
      m_vit(*config.vit, weights, compute),
      m_keepsEarlier(withEarlier),
      m_head(weights, "head.weight", "head.bias", compute)
{
    const at::Tensor all = weights.take("vpt.prompt_embeddings");
    const auto prompts = [&](std::int64_t block) { return all.select(0, block).to(compute.device, compute.type); };
    for (int block = 0; block + 1 < config.promptLayers; ++block) {
        progress.throwIfStopped();
        m_own.push_back(projected(m_vit.blocks()[static_cast<std::size_t>(block)], prompts(block), withEarlier));
    }
    m_prompts = prompts(config.promptLayers - 1).clone();
    if (isDeep())
        m_crowd.emplace(projected(m_vit.blocks().back(), m_prompts, true));
}

PromptCam::Picture PromptCam::encode(const at::Tensor& image, const Progress& progress) const
{
    const std::vector<VitBlock>& blocks = m_vit.blocks();
    const auto classes = static_cast<std::int64_t>(m_config.queries);
    const Vit::Tokens embedded = m_vit.embed(image);
    Picture picture;
    picture.rows = embedded.rows;
    picture.columns = embedded.columns;
    at::Tensor x = embedded.values;
    for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
        progress.at(Stage::Backbone, static_cast<double>(i) / static_cast<double>(blocks.size()));
        if (i < m_own.size()) {
            x = runWithoutPrompts(i, x, picture, progress);
            continue;
        }
        if (i == m_own.size())
            x = at::cat({m_prompts, x});
        const VitBlock::Projection both = blocks[i].project(x);
        if (m_keepsEarlier)
            picture.earlier.push_back({both.queries.slice(1, 0, classes), both.keys});
        x = blocks[i].finish(x, VitBlock::attend(both.queries, both.keys, both.values, progress));
    }
    if (!isDeep()) {
        picture.prompts = x.slice(0, 0, classes);
        x = x.slice(0, classes);
    }
    picture.tokens = x;
    const VitBlock::Projection projection = blocks.back().project(x);
    picture.keys = projection.keys;
    picture.values = projection.values;
    progress.at(Stage::Backbone, 1);
    return picture;
}

/// What becomes of prompts in whose place the next block has its own is never looked at: only tokens are run.
at::Tensor PromptCam::runWithoutPrompts(std::size_t block, const at::Tensor& x, Picture& picture,
                                        const Progress& progress) const
{
    const VitBlock::Projection& own = m_own[block];
    const VitBlock::Projection tokens = m_vit.blocks()[block].project(x);
    if (m_keepsEarlier)
        picture.earlier.push_back({own.queries, at::cat({own.keys, tokens.keys}, 2)});
    return m_vit.blocks()[block].runBeside(x, tokens, own, progress);
}

PromptCam::Decoded PromptCam::decode(const Picture& picture, const std::vector<int>& classes,
                                     const Progress& progress) const
{
    const VitBlock& last = m_vit.blocks().back();
    Decoded decoded;
    if (isDeep()) {
        const std::shared_ptr<const PromptCrowd::Members> crowd = m_crowd->of(classes, progress);
        const std::vector<std::int64_t> rows(classes.begin(), classes.end());
        decoded.entered = m_prompts.index_select(0, at::tensor(rows, at::kLong).to(m_prompts.device()));
        decoded.looks = {crowd->queries, at::cat({crowd->keys, picture.keys}, 2)};
        decoded.alike = (crowd->valueSum + picture.values.sum(1)) / decoded.looks.keys.size(2);
        decoded.taken = VitBlock::joinHeads(
            joined(crowd->among, partOfAttention(crowd->queries, picture.keys, picture.values, progress)));
    } else {
        const VitBlock::Projection own = last.project(picture.prompts);
        const at::Tensor values = at::cat({own.values, picture.values}, 1);
        decoded.entered = picture.prompts;
        decoded.looks = {own.queries, at::cat({own.keys, picture.keys}, 2)};
        decoded.alike = values.mean(1); // with equal scores all values count alike
        decoded.taken = VitBlock::attend(own.queries, decoded.looks.keys, values, progress);
    }
    decoded.outputs = m_vit.normed(last.finish(decoded.entered, decoded.taken));
    decoded.logits = scored(decoded.outputs);
    return decoded;
}

at::Tensor PromptCam::blurred(const Decoded& decoded, int row, const std::vector<std::vector<int>>& heads) const
{
    const auto tries = static_cast<std::int64_t>(heads.size());
    const std::int64_t width = decoded.alike.size(1);
    const at::Tensor taken = decoded.taken[row].repeat({tries, 1});
    for (std::int64_t i = 0; i < tries; ++i)
        for (const int head : heads[static_cast<std::size_t>(i)])
            taken[i].slice(0, head * width, (head + 1) * width).copy_(decoded.alike[head]);
    const at::Tensor entered = decoded.entered[row].expand({tries, -1});
    return m_vit.normed(m_vit.blocks().back().finish(entered, taken));
}

BlurredHeads rankHeadsByBlurring(const PromptCam& model, const PromptCam::Decoded& decoded, int row,
                                 const Progress& progress)
{
    const at::Tensor logits = decoded.logits.to(at::kCPU, at::kFloat);
    std::vector<int> left(static_cast<std::size_t>(model.config().vit->heads));
    std::iota(left.begin(), left.end(), 0);
    std::vector<int> gone;
    BlurredHeads ranking;
    while (!left.empty()) {
        progress.throwIfStopped();
        std::vector<std::vector<int>> tries;
        for (const int head : left) {
            tries.push_back(gone);
            tries.back().push_back(head);
        }
        const at::Tensor tried = model.scored(model.blurred(decoded, row, tries)).to(at::kCPU, at::kFloat);
        const at::Tensor all = logits.repeat({tried.size(0), 1});
        all.select(1, row).copy_(tried);
        const at::Tensor probabilities = at::softmax(all, 1).select(1, row).contiguous();
        const float* const begin = probabilities.data_ptr<float>();
        const float* const best = std::max_element(begin, begin + probabilities.numel());
        ranking.probabilities.push_back(*best);
        gone.push_back(left[static_cast<std::size_t>(best - begin)]);
        left.erase(left.begin() + (best - begin));
    }
    ranking.order.assign(gone.rbegin(), gone.rend());
    return ranking;
}

} // namespace ocellus
