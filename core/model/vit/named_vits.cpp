// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/named_vits.h"

#include <algorithm>

namespace ocellus {
namespace {

VitConfig plain(int width, int patch)
{
    VitConfig config;
    config.patchSize = patch;
    config.grid = 224 / patch;
    config.width = width;
    config.heads = width / 64;
    config.feedForward = 4 * width;
    return config;
}

VitConfig dino(int width, int patch)
{
    VitConfig config = plain(width, patch);
    config.resampling = PositionResampling::Dino;
    return config;
}

VitConfig dinov2(int width, int registers)
{
    constexpr int patch = 14;
    VitConfig config = plain(width, patch);
    config.grid = 518 / patch;
    config.layerScale = true;
    config.registers = registers;
    config.resampling = registers > 0 ? PositionResampling::Timm : PositionResampling::Dino;
    return config;
}

VitConfig clip(VitActivation activation)
{
    VitConfig config = plain(768, 16);
    config.normBefore = true;
    config.patchBias = false;
    config.activation = activation;
    config.eps = 1e-5;
    return config;
}

std::vector<NamedVit> allOfThem()
{
    std::vector<NamedVit> all;
    for (const auto& [size, width] : {std::pair("small", 384), std::pair("base", 768), std::pair("large", 1024)}) {
        const std::string start = "vit_" + std::string(size) + "_patch";
        all.push_back({start + "14_dinov2", dinov2(width, 0), "DINOv2"});
        all.push_back({start + "14_reg4_dinov2", dinov2(width, 4), "DINOv2 with registers"});
        if (width < 1024)
            for (const char* patch : {"16", "8"})
                all.push_back({start + patch + "_dino", dino(width, std::stoi(patch)), "DINO"});
        for (const char* patch : {"16", "8"})
            all.push_back({start + patch, plain(width, std::stoi(patch)), "timm, DeiT"});
    }
    all.push_back({"vit_base_patch16_clip", clip(VitActivation::QuickGelu), "OpenAI's CLIP by OpenCLIP's names"});
    all.push_back({"vit_base_patch16_bioclip", clip(VitActivation::Gelu), "BioCLIP"});
    for (const char* patch : {"16", "8"})
        all.push_back({"vit_tiny_patch" + std::string(patch), plain(192, std::stoi(patch)), "to train from scratch"});
    for (NamedVit& vit : all)
        if (vit.config.width == 1024)
            vit.config.depth = 24;
    return all;
}

/// "vit_small_patch16_224.dino" is timm's way to say vit_small_patch16_dino.
std::string withoutSize(std::string_view name)
{
    std::string own(name.substr(0, name.find('.')));
    for (const char* size : {"_224", "_518", "_384"})
        if (const std::size_t at = own.find(size); at != std::string::npos)
            own.erase(at, 4);
    if (name.find(".dino") != std::string_view::npos)
        own += "_dino";
    return own;
}

} // namespace

const std::vector<NamedVit>& namedVits()
{
    static const std::vector<NamedVit> all = allOfThem();
    return all;
}

std::optional<NamedVit> namedVit(std::string_view name)
{
    for (const std::string& wanted : {std::string(name), withoutSize(name)})
        if (const auto found = std::ranges::find(namedVits(), wanted, &NamedVit::name); found != namedVits().end())
            return *found;
    return std::nullopt;
}

} // namespace ocellus
