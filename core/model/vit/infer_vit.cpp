// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/infer_vit.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/model/shape_reading.h"

namespace ocellus {
namespace {

/// The side of a square of that many cells, 0 where there is none.
int squareSide(int cells)
{
    const int side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(std::max(cells, 0)))));
    return side * side == cells ? side : 0;
}

/// Reads one state dict.
class VitReader {
public:
    VitReader(const TensorSource& source, const std::string& prefix) : m_source(source), m_prefix(prefix) {}

    VitConfig read(bool withHead) const
    {
        VitConfig config;
        config.width = extent("patch_embed.proj.weight", 4, 0);
        config.patchSize = extent("patch_embed.proj.weight", 4, 2);
        config.patchBias = has("patch_embed.proj.bias");
        config.depth = countNumbered(m_source, m_prefix + "blocks.");
        config.qkvBias = has("blocks.0.attn.qkv.bias");
        config.layerScale = has("blocks.0.ls1.gamma");
        config.normBefore = has("norm_pre.weight");
        config.distillation = has("dist_token");
        config.registers = has("register_tokens") ? extent("register_tokens", 3, 1) : 0;
        const bool isGated = has("blocks.0.mlp.w12.weight");
        config.activation = isGated ? VitActivation::SwiGlu : VitActivation::Gelu;
        config.feedForward = extent(isGated ? "blocks.0.mlp.w3.weight" : "blocks.0.mlp.fc2.weight", 2, 1);
        readGrid(config);
        if (withHead && has("head.weight")) {
            config.classes = extent("head.weight", 2, 0);
            config.distilledHead = has("head_dist.weight");
        }
        return config;
    }

private:
    bool has(const std::string& name) const { return m_source.find(m_prefix + name) != nullptr; }

    int extent(const std::string& name, std::size_t dimensions, std::size_t axis) const
    {
        return extentOf(m_source, m_prefix + name, dimensions, axis);
    }

    /// The positions are those of a square grid, with or without the prefix tokens: both can't be squares.
    void readGrid(VitConfig& config) const
    {
        const int positions = extent("pos_embed", 3, 1);
        const int placed = config.placedPrefix();
        config.prefixHasPosition = squareSide(positions - placed) > 0;
        config.grid = config.prefixHasPosition ? squareSide(positions - placed) : squareSide(positions);
        if (config.grid == 0)
            throw Error(ErrorCode::Mismatch, m_prefix + "pos_embed",
                        "expected the positions of a square grid of patches, got " + std::to_string(positions));
    }

    const TensorSource& m_source;
    const std::string& m_prefix;
};

} // namespace

InferredVit inferVit(const TensorSource& source, const VitDeclared& declared, bool hasMaskToken, bool withHead,
                     const std::string& prefix)
{
    InferredVit result{VitReader(source, prefix).read(withHead), {}};
    VitConfig& config = result.config;
    const auto decide = [&result](const auto& told, auto& field, auto otherwise, const char* name) {
        field = told.value_or(otherwise);
        if (!told)
            result.assumed.emplace_back(name);
    };
    decide(declared.heads, config.heads, config.width == 1280 ? 16 : std::max(1, config.width / 64), "num_heads");
    decide(declared.resampling, config.resampling,
           hasMaskToken && config.registers == 0 ? PositionResampling::Dino : PositionResampling::Timm,
           "position_resampling");
    if (config.activation != VitActivation::SwiGlu)
        decide(declared.activation, config.activation, VitActivation::Gelu, "activation");
    const bool contradicts = declared.activation && (*declared.activation == VitActivation::SwiGlu) !=
                                                        (source.find(prefix + "blocks.0.mlp.w12.weight") != nullptr);
    if (contradicts)
        throw Error(ErrorCode::Mismatch, "activation",
                    "the settings say " + std::string(toString(*declared.activation)) +
                        ", but the feed-forward layers have other shapes");
    decide(declared.eps, config.eps, config.normBefore ? 1e-5 : 1e-6, "norm_eps");
    validate(config);
    return result;
}

std::string usualPreprocessing(const VitConfig& config)
{
    const std::int64_t stored = std::int64_t{config.grid} * config.patchSize; // not yet compared with any limit
    const std::int64_t side = stored == 518 ? 224 : stored; // DINOv2: trained on at 518 last, evaluated at 224
    const std::string crop = std::to_string(side);
    const std::string patch = ",patch:" + std::to_string(config.patchSize);
    if (config.normBefore)
        return "crop:" + crop + ":" + crop + patch + ",bicubic,clip";
    return "crop:" + std::to_string(side * 8 / 7) + ":" + crop + patch + ",bicubic";
}

} // namespace ocellus
