// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr/intr_model.h"

#include <utility>

#include "core/engine/projected_maps.h"
#include "core/model/host_values.h"
#include "core/model/intr/intr_memory.h"
#include "core/model/intr/query_plan.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

const IntrMemory& memoryOf(const PictureMemory& picture)
{
    return dynamic_cast<const IntrMemory&>(picture);
}

} // namespace

std::size_t IntrMemory::bytes() const
{
    std::size_t sum = PictureMemory::bytes() + copiedBytes;
    for (const auto* list : {&projection.keys, &projection.values})
        for (const at::Tensor& tensor : *list)
            sum += tensor.nbytes();
    return sum;
}

IntrModel::IntrModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                     const Progress& progress)
    : m_intr(config, source, compute, progress)
{
}

std::unique_ptr<const PictureMemory> IntrModel::encode(const at::Tensor& input, const Progress& progress) const
{
    Intr::Memory encoded = backbone() ? m_intr.encodeGrid(input, progress) : m_intr.encode(input, progress);
    auto memory = std::make_unique<IntrMemory>();
    memory->tokens = std::move(encoded.tokens);
    memory->rows = encoded.rows;
    memory->columns = encoded.columns;
    memory->projection = std::move(encoded.projection);
    for (const at::Tensor& keys : memory->projection.keys) {
        memory->keys.push_back(toShared(keys));
        if (memory->keys.back().get() != keys.data_ptr())
            memory->copiedBytes += static_cast<std::size_t>(keys.numel()) * sizeof(float);
    }
    return memory;
}

Model::Decoded IntrModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const
{
    const ModelConfig& config = m_intr.config();
    const IntrMemory& memory = memoryOf(picture);
    QueryPlan plan = planQueries(set, config.queries);
    const Intr::Decoded decoded = m_intr.decode(memory.projection, plan.queries, progress);
    requireFinite(decoded.logits);
    const Decoding::Extent extent{config.decoderLayers, config.heads,   static_cast<int>(decoded.maps.outputs.size(0)),
                                  memory.rows,          memory.columns, config.queries,
                                  config.hiddenDim};
    std::vector<std::shared_ptr<const float>> queries;
    for (const at::Tensor& layer : decoded.maps.queries)
        queries.push_back(toShared(layer));
    const ProjectedMaps::Sizes sizes{static_cast<std::size_t>(extent.heads), static_cast<std::size_t>(extent.queries),
                                     extent.cells(), static_cast<std::size_t>(extent.hiddenDim / extent.heads)};
    return {extent, std::move(plan.queryOfClass),
            Decoding::Arrays{toVector(decoded.logits), toVector(decoded.maps.outputs), toVector(decoded.maps.states),
                             std::make_shared<const ProjectedMaps>(sizes, std::move(queries), memory.keys)}};
}

Decoding::Answer IntrModel::answer(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                   std::vector<float> attention) const
{
    const Decoding::Extent& extent = whole.extent();
    std::vector<float> state(whole.state(classIndex).begin(), whole.state(classIndex).end());
    const Intr::Answer answer = m_intr.answer(
        memoryOf(picture).projection, classIndex, at::from_blob(state.data(), {1, extent.hiddenDim}, at::kFloat),
        at::from_blob(attention.data(), {extent.heads, 1, static_cast<std::int64_t>(extent.cells())}, at::kFloat));
    requireFinite(answer.logit);
    return {answer.logit.item<float>(), toVector(answer.output), std::move(attention)};
}

std::vector<float> IntrModel::logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                         const std::vector<float>& attention) const
{
    const Decoding::Extent& extent = whole.extent();
    const auto heads = static_cast<std::int64_t>(extent.heads);
    const auto cells = static_cast<std::int64_t>(extent.cells());
    const std::int64_t count = static_cast<std::int64_t>(attention.size()) / (heads * cells);
    const std::span<const float> state = whole.state(classIndex);
    // from_blob needs mutable pointers; the tensors are only read.
    const at::Tensor rows =
        at::from_blob(const_cast<float*>(state.data()), {1, extent.hiddenDim}, at::kFloat).repeat({count, 1});
    const at::Tensor weights = at::from_blob(const_cast<float*>(attention.data()), {count, heads, cells}, at::kFloat)
                                   .transpose(0, 1)
                                   .contiguous();
    return toVector(m_intr.logitsWith(memoryOf(picture).projection,
                                      std::vector<std::int64_t>(static_cast<std::size_t>(count), classIndex), rows,
                                      weights));
}

} // namespace ocellus
