// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/hugging_face_names.h"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"

namespace ocellus {
namespace {

using Rename = std::pair<std::string_view, std::string_view>;

constexpr std::array<std::string_view, 5> modelPrefixes{"", "vit.", "deit.", "dinov2.", "dinov2_with_registers."};

constexpr std::array<Rename, 7> outerNames{{{"embeddings.patch_embeddings.projection.", "patch_embed.proj."},
                                            {"embeddings.cls_token", "cls_token"},
                                            {"embeddings.distillation_token", "dist_token"},
                                            {"embeddings.register_tokens", "register_tokens"},
                                            {"embeddings.position_embeddings", "pos_embed"},
                                            {"encoder.layer.", "blocks."},
                                            {"layernorm.", "norm."}}};

/// The longer ones first: "attention.output.dense." ends as "output.dense." does.
constexpr std::array<Rename, 11> blockNames{{{"attention.output.dense.", "attn.proj."},
                                             {"intermediate.dense.", "mlp.fc1."},
                                             {"output.dense.", "mlp.fc2."},
                                             {"layernorm_before.", "norm1."},
                                             {"layernorm_after.", "norm2."},
                                             {"layer_scale1.lambda1", "ls1.gamma"},
                                             {"layer_scale2.lambda1", "ls2.gamma"},
                                             {"mlp.weights_in.", "mlp.w12."},
                                             {"mlp.weights_out.", "mlp.w3."},
                                             {"norm1.", "norm1."},
                                             {"norm2.", "norm2."}}};

constexpr std::array<Rename, 3> headNames{
    {{"cls_classifier.", "head."}, {"distillation_classifier.", "head_dist."}, {"classifier.", "head."}}};

constexpr std::array<std::string_view, 3> roles{"query", "key", "value"};

std::optional<std::string_view> modelPrefix(const TensorSource& source)
{
    for (const std::string_view prefix : modelPrefixes)
        if (source.find(std::string(prefix) + "embeddings.patch_embeddings.projection.weight"))
            return prefix;
    return std::nullopt;
}

/// Puts query, key and value of a block together.
class FusedTensors {
public:
    /// Takes "blocks.0.attention.attention.query.weight"; false for any other name.
    bool take(const std::string& name, const TensorInfo& tensor)
    {
        for (std::size_t role = 0; role < roles.size(); ++role) {
            const std::string infix = ".attention.attention." + std::string(roles[role]) + ".";
            const std::size_t at = name.find(infix);
            if (at == std::string::npos)
                continue;
            m_found[name.substr(0, at) + ".attn.qkv." + name.substr(at + infix.size())][role] = &tensor;
            return true;
        }
        return false;
    }

    void addTo(std::vector<MappedTensor>& tensors) const
    {
        for (const auto& [name, parts] : m_found) {
            std::vector<MappedTensor::Part> ordered;
            for (std::size_t role = 0; role < roles.size(); ++role) {
                if (!parts[role])
                    throw Error(ErrorCode::Mismatch, name,
                                "expected query, key and value, got no " + std::string(roles[role]));
                // An extent beside a 0 has no bound.
                if (parts[role]->count() == 0)
                    throw Error(ErrorCode::Mismatch, parts[role]->name,
                                "expected weights, got the empty " + shapeText(parts[role]->shape));
                ordered.push_back({parts[role]});
            }
            std::vector<std::int64_t> shape = parts[0]->shape;
            if (!shape.empty())
                shape[0] *= static_cast<std::int64_t>(roles.size());
            tensors.emplace_back(name, std::move(shape), std::move(ordered));
        }
    }

private:
    std::map<std::string, std::array<const TensorInfo*, 3>> m_found; // by the name of what they make
};

bool replacePrefix(std::string& name, const Rename& rename)
{
    if (!name.starts_with(rename.first))
        return false;
    name.replace(0, rename.first.size(), rename.second);
    return true;
}

/// timm's name, or an empty text for what the network does not use.
std::string renamed(std::string name, std::string_view prefix)
{
    for (const Rename& rename : headNames)
        if (replacePrefix(name, rename))
            return name;
    if (!name.starts_with(prefix))
        return {};
    name.erase(0, prefix.size());
    for (const Rename& outer : outerNames) {
        if (!replacePrefix(name, outer))
            continue;
        const std::size_t block = name.starts_with("blocks.") ? name.find('.', 7) : std::string::npos;
        if (block == std::string::npos)
            return name;
        std::string inner = name.substr(block + 1);
        for (const Rename& rename : blockNames)
            if (replacePrefix(inner, rename))
                break;
        return name.substr(0, block + 1) + inner;
    }
    return {};
}

/// Dinov2's classifier reads [CLS] beside the patches' mean: no head of the network proper.
bool isHeadOfOtherWidth(const std::string& name, const TensorSource& source, std::int64_t width)
{
    const TensorInfo* head = source.find("classifier.weight");
    return name.starts_with("classifier.") && head && head->shape.size() == 2 && head->shape[1] != width;
}

} // namespace

bool hasHuggingFaceNames(const TensorSource& source)
{
    return modelPrefix(source).has_value();
}

std::optional<VitNames> huggingFaceNames(const TensorSource& source)
{
    const std::optional<std::string_view> prefix = modelPrefix(source);
    if (!prefix)
        return std::nullopt;
    const TensorInfo* patches = source.find(std::string(*prefix) + "embeddings.patch_embeddings.projection.weight");
    const std::int64_t width = patches->shape.empty() ? 0 : patches->shape[0];
    VitNames names{"Hugging Face", {}, {}};
    FusedTensors fused;
    for (const TensorInfo& tensor : source.tensors()) {
        const std::string name = isHeadOfOtherWidth(tensor.name, source, width) ? "" : renamed(tensor.name, *prefix);
        if (name.empty())
            names.unused.push_back(tensor.name);
        else if (!fused.take(name, tensor))
            names.tensors.emplace_back(name, tensor);
    }
    fused.addTo(names.tensors);
    return names;
}

} // namespace ocellus
