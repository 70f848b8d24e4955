// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prompt_cam/prompt_cam.h"

#include <algorithm>
#include <numeric>

#include "core/model/torch_headers.h"

namespace ocellus {

PromptCam::PromptCam(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                     const Progress& progress)
    : PromptCam(config, Weights(source, progress), compute)
{
}

PromptCam::PromptCam(const ModelConfig& config, Weights weights, const Compute& compute)
    : m_config(config),
      m_vit(*config.vit, weights, compute),
      m_prompts(weights.take("vpt.prompt_embeddings").to(compute.device, compute.type)),
      m_head(weights, "head.weight", "head.bias", compute)
{
    if (isDeep())
        m_own = m_vit.blocks().back().project(m_prompts.select(0, -1));
}

PromptCam::Picture PromptCam::encode(const at::Tensor& image, bool withEarlier, const Progress& progress) const
{
    const std::vector<VitBlock>& blocks = m_vit.blocks();
    const auto classes = static_cast<std::int64_t>(m_config.queries);
    const auto layers = static_cast<std::size_t>(m_config.promptLayers);
    const Vit::Tokens embedded = m_vit.embed(image);
    Picture picture;
    picture.rows = embedded.rows;
    picture.columns = embedded.columns;
    at::Tensor x = embedded.values;
    for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
        progress.at(Stage::Backbone, static_cast<double>(i) / static_cast<double>(blocks.size()));
        if (i < layers)
            x = at::cat({m_prompts[static_cast<std::int64_t>(i)], x});
        const VitBlock::Projection own = blocks[i].project(x);
        if (withEarlier)
            picture.earlier.push_back({own.queries.slice(1, 0, classes), own.keys});
        // What becomes of prompts in whose place the next block has its own is never looked at.
        const std::int64_t first = i + 1 < layers ? classes : 0;
        x = blocks[i].finish(x.slice(0, first),
                             VitBlock::attend(own.queries.slice(1, first), own.keys, own.values, progress));
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

PromptCam::Decoded PromptCam::decode(const Picture& picture, const std::vector<int>& classes,
                                     const Progress& progress) const
{
    const VitBlock& last = m_vit.blocks().back();
    const bool isAll = static_cast<int>(classes.size()) == m_config.queries && std::ranges::is_sorted(classes);
    const std::vector<std::int64_t> rows(classes.begin(), classes.end());
    const at::Tensor index = at::tensor(rows, at::kLong).to(picture.tokens.device());
    const auto some = [&](const at::Tensor& tensor, std::int64_t axis) {
        return isAll ? tensor : tensor.index_select(axis, index);
    };
    const VitBlock::Projection own = isDeep() ? m_own : last.project(picture.prompts);
    Decoded decoded;
    decoded.entered = some(isDeep() ? m_prompts.select(0, -1) : picture.prompts, 0);
    decoded.looks.queries = some(own.queries, 1);
    decoded.looks.keys = at::cat({some(own.keys, 2), picture.keys}, 2);
    decoded.values = at::cat({some(own.values, 1), picture.values}, 1);
    decoded.taken = VitBlock::attend(decoded.looks.queries, decoded.looks.keys, decoded.values, progress);
    decoded.outputs = m_vit.normed(last.finish(decoded.entered, decoded.taken));
    decoded.logits = scored(decoded.outputs);
    return decoded;
}

at::Tensor PromptCam::blurred(const Decoded& decoded, int row, const std::vector<std::vector<int>>& heads) const
{
    const auto tries = static_cast<std::int64_t>(heads.size());
    const std::int64_t width = decoded.values.size(2);
    const at::Tensor alike = decoded.values.mean(1); // [R, d]: with equal scores all values count alike
    const at::Tensor taken = decoded.taken[row].repeat({tries, 1});
    for (std::int64_t i = 0; i < tries; ++i)
        for (const int head : heads[static_cast<std::size_t>(i)])
            taken[i].slice(0, head * width, (head + 1) * width).copy_(alike[head]);
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
