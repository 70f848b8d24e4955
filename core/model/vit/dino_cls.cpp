// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/dino_cls.h"

#include "core/model/torch_headers.h"

namespace ocellus {

BlockAttention attentionOf(const VitBlock& block, const at::Tensor& tokens, const std::vector<std::int64_t>& rows)
{
    const VitBlock::Projection projection = block.project(tokens);
    const at::Tensor index = at::tensor(rows, at::kLong).to(tokens.device());
    BlockAttention attention;
    attention.scores = at::bmm(projection.queries.index_select(1, index), projection.keys);
    attention.weights = at::softmax(attention.scores, -1);
    return attention;
}

at::Tensor classTokenMaps(const Vit& model, const at::Tensor& image, const Progress& progress)
{
    const Vit::Tokens tokens = model.embed(image);
    const std::size_t last = model.blocks().size() - 1;
    const at::Tensor entering = model.runBlocks(0, last, tokens.values, progress);
    const at::Tensor weights = attentionOf(model.blocks()[last], entering, {0}).weights;
    return weights.select(1, 0).slice(1, model.config().prefix()).reshape({-1, tokens.rows, tokens.columns});
}

} // namespace ocellus
