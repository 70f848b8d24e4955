// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_tensors.h"

#include "core/model/tensor_list.h"

namespace ocellus {
namespace {

void addLinear(TensorList& list, const std::string& module, int out, int in, bool bias)
{
    list.add(module + ".weight", {out, in});
    if (bias)
        list.add(module + ".bias", {out});
}

} // namespace

void addVitBlock(TensorList& list, const std::string& block, const VitConfig& config)
{
    const int width = config.width;
    const bool isGated = config.activation == VitActivation::SwiGlu;
    list.addNorm(block + "norm1", width);
    addLinear(list, block + "attn.qkv", 3 * width, width, config.qkvBias);
    list.addPair(block + "attn.proj", {width, width});
    list.addNorm(block + "norm2", width);
    list.addPair(block + (isGated ? "mlp.w12" : "mlp.fc1"), {(isGated ? 2 : 1) * config.feedForward, width});
    list.addPair(block + (isGated ? "mlp.w3" : "mlp.fc2"), {width, config.feedForward});
    if (config.layerScale) {
        list.add(block + "ls1.gamma", {width});
        list.add(block + "ls2.gamma", {width});
    }
}

std::vector<TensorInfo> vitTensors(const VitConfig& config, const std::string& prefix)
{
    const int width = config.width;
    TensorList list(prefix);
    list.add("patch_embed.proj.weight", {width, 3, config.patchSize, config.patchSize});
    if (config.patchBias)
        list.add("patch_embed.proj.bias", {width});
    list.add("cls_token", {1, 1, width});
    if (config.distillation)
        list.add("dist_token", {1, 1, width});
    if (config.registers > 0)
        list.add("register_tokens", {1, config.registers, width});
    list.add("pos_embed", {1, config.placedPrefix() + config.grid * config.grid, width});
    if (config.normBefore)
        list.addNorm("norm_pre", width);
    for (int block = 0; block < config.depth; ++block)
        addVitBlock(list, "blocks." + std::to_string(block) + ".", config);
    list.addNorm("norm", width);
    if (config.classes > 0) {
        list.addPair("head", {config.classes, width});
        if (config.distilledHead)
            list.addPair("head_dist", {config.classes, width});
    }
    return list.sorted();
}

} // namespace ocellus
