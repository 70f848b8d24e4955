// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/model/vit/hugging_face_names.h"

namespace ocellus {
namespace {

using Rename = std::pair<std::string_view, std::string_view>;

/// Of DINO's and DINOv2's training, of old timm and MAE.
constexpr std::array<std::string_view, 6> trainingOnly{"head.mlp.",        "head.last_layer.", "mask_token",
                                                       "projection_head.", "pre_logits.",      "decoder"};

constexpr std::array<Rename, 13> clipNames{{{"conv1.", "patch_embed.proj."},
                                            {"class_embedding", "cls_token"},
                                            {"positional_embedding", "pos_embed"},
                                            {"ln_pre.", "norm_pre."},
                                            {"ln_post.", "norm."},
                                            {"transformer.resblocks.", "blocks."},
                                            {".ln_1.", ".norm1."},
                                            {".ln_2.", ".norm2."},
                                            {".attn.in_proj_", ".attn.qkv."},
                                            {".attn.out_proj.", ".attn.proj."},
                                            {".mlp.c_fc.", ".mlp.fc1."},
                                            {".mlp.c_proj.", ".mlp.fc2."},
                                            {".ls_", ".ls"}}};

void replaceFirst(std::string& text, const Rename& rename)
{
    if (const std::size_t at = text.find(rename.first); at != std::string::npos)
        text.replace(at, rename.first.size(), rename.second);
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

/// DINOv2's training splits the blocks into chunks, "blocks.1.7.": the second number counts through.
void joinChunks(std::string& name)
{
    constexpr std::string_view blocks = "blocks.";
    if (!name.starts_with(blocks))
        return;
    const std::size_t first = name.find('.', blocks.size());
    const std::size_t second = first == std::string::npos ? first : name.find('.', first + 1);
    if (second != std::string::npos && isNumber(std::string_view(name).substr(first + 1, second - first - 1)))
        name.erase(blocks.size(), first + 1 - blocks.size());
}

/// timm packs a gate and its value into `fc1`: it then has twice as many rows as `fc2` has columns.
bool hasPackedGate(const TensorSource& source, const std::string& prefix)
{
    const TensorInfo* first = source.find(prefix + "blocks.0.mlp.fc1.weight");
    const TensorInfo* second = source.find(prefix + "blocks.0.mlp.fc2.weight");
    return first && second && first->shape.size() == 2 && second->shape.size() == 2 && first->shape[0] % 2 == 0 &&
           first->shape[0] / 2 == second->shape[1];
}

VitNames fromTimm(const TensorSource& source, const std::string& prefix)
{
    VitNames names{"timm", {}, {}};
    const bool isPacked = hasPackedGate(source, prefix);
    for (const TensorInfo& tensor : source.tensors()) {
        if (!tensor.name.starts_with(prefix))
            continue;
        std::string name = tensor.name.substr(prefix.size());
        if (std::ranges::any_of(trainingOnly, [&](std::string_view part) { return name.starts_with(part); })) {
            names.unused.push_back(tensor.name);
            continue;
        }
        joinChunks(name);
        if (name == "reg_token")
            name = "register_tokens";
        if (name.starts_with("blocks.")) {
            if (name.ends_with(".gamma_1") || name.ends_with(".gamma_2")) // DeiT III
                name = name.substr(0, name.size() - 7) + "ls" + name.back() + ".gamma";
            if (isPacked) {
                replaceFirst(name, {".mlp.fc1.", ".mlp.w12."});
                replaceFirst(name, {".mlp.fc2.", ".mlp.w3."});
            }
        }
        names.tensors.emplace_back(std::move(name), tensor);
    }
    return names;
}

VitNames fromClip(const TensorSource& source, const std::string& prefix)
{
    VitNames names{"CLIP", {}, {}};
    for (const TensorInfo& tensor : source.tensors()) {
        if (!tensor.name.starts_with(prefix))
            continue;
        std::string name = tensor.name.substr(prefix.size());
        if (name == "proj" && tensor.shape.size() == 2) { // applied from the right and without a bias
            const std::int64_t rows = tensor.shape[1];
            names.tensors.emplace_back("head.weight", std::vector<std::int64_t>{rows, tensor.shape[0]},
                                       std::vector<MappedTensor::Part>{{&tensor, true}});
            names.tensors.emplace_back("head.bias", std::vector<std::int64_t>{rows}, std::vector<MappedTensor::Part>{});
            continue;
        }
        for (const Rename& rename : clipNames)
            replaceFirst(name, rename);
        std::vector<std::int64_t> shape = tensor.shape;
        if (name == "cls_token" && shape.size() == 1)
            shape.insert(shape.begin(), 2, 1);
        if (name == "pos_embed" && shape.size() == 2)
            shape.insert(shape.begin(), 1);
        names.tensors.emplace_back(std::move(name), std::move(shape), std::vector<MappedTensor::Part>{{&tensor}});
    }
    return names;
}

} // namespace

std::optional<VitNames> vitNames(const TensorSource& source, std::string_view prefix)
{
    const std::string before(prefix);
    if (source.find(before + "patch_embed.proj.weight"))
        return fromTimm(source, before);
    if (source.find(before + "class_embedding") && source.find(before + "conv1.weight"))
        return fromClip(source, before);
    return before.empty() ? huggingFaceNames(source) : std::nullopt;
}

} // namespace ocellus
