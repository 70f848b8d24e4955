// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_model.h"

#include <utility>

#include "core/base/error.h"
#include "core/engine/token_maps.h"
#include "core/model/host_values.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

struct VitMemory : PictureMemory {
    std::size_t bytes() const override
    {
        return PictureMemory::bytes() + (prefix.size() + logits.size()) * sizeof(float) + maps->bytes();
    }

    std::vector<float> prefix; ///< [P, D] after the final norm
    std::vector<float> logits; ///< [classes], empty without a head
    std::shared_ptr<const TokenMaps> maps;
};

} // namespace

VitModel::VitModel(const VitConfig& config, const TensorSource& source, const Compute& compute,
                   const Progress& progress)
    : VitModel(config, Weights(source, progress), compute)
{
}

VitModel::VitModel(const VitConfig& config, Weights weights, const Compute& compute) : m_vit(config, weights, compute)
{
}

std::unique_ptr<const PictureMemory> VitModel::encode(const at::Tensor& image, const Progress& progress) const
{
    const VitConfig& config = m_vit.config();
    const std::int64_t prefix = config.prefix();
    const Vit::Tokens embedded = m_vit.embed(image);
    std::vector<TokenMaps::Layer> looks;
    at::Tensor x = embedded.values;
    for (const VitBlock& block : m_vit.blocks()) {
        progress.at(Stage::Backbone, static_cast<double>(looks.size()) / config.depth);
        const VitBlock::Projection own = block.project(x);
        looks.push_back({static_cast<std::size_t>(prefix),
                         static_cast<std::size_t>(x.size(0)),
                         0,
                         toShared(own.queries.slice(1, 0, prefix)),
                         toShared(own.keys),
                         {}});
        x = block.finish(x, VitBlock::attend(own.queries, own.keys, own.values, progress));
    }
    x = m_vit.normed(x);
    auto memory = std::make_unique<VitMemory>();
    memory->tokens = x.slice(0, prefix);
    memory->rows = embedded.rows;
    memory->columns = embedded.columns;
    memory->prefix = toVector(x.slice(0, 0, prefix));
    if (config.classes > 0) {
        const at::Tensor logits = m_vit.logits(x);
        requireFinite(logits);
        memory->logits = toVector(logits);
    }
    memory->maps = std::make_shared<const TokenMaps>(static_cast<std::size_t>(config.heads),
                                                     static_cast<std::size_t>(config.width / config.heads),
                                                     static_cast<std::size_t>(prefix), std::move(looks));
    progress.at(Stage::Backbone, 1);
    return memory;
}

Model::Decoded VitModel::decode(const PictureMemory& picture, const QuerySet& set, const Progress&) const
{
    if (set.mode != LimitMode::All)
        throw Error(ErrorCode::BadArgument, "active classes",
                    "a Vision Transformer has no class queries to limit, got mode " + std::string(toString(set.mode)));
    const auto& memory = dynamic_cast<const VitMemory&>(picture);
    const VitConfig& config = m_vit.config();
    const bool hasHead = config.classes > 0;
    const int classes = hasHead ? config.classes : config.prefix();
    const Decoding::Extent extent{config.depth,   config.heads, config.prefix(), memory.rows,
                                  memory.columns, classes,      config.width};
    std::vector<int> rows = hasHead ? std::vector<int>(static_cast<std::size_t>(classes), 0) : allClasses(classes);
    return {extent, std::move(rows), {memory.logits, memory.prefix, {}, memory.maps}};
}

} // namespace ocellus
