// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/vit_backbone.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/error.h"
#include "core/engine/checkpoint_hints.h"
#include "core/engine/model_companions.h"
#include "core/io/checkpoint.h"
#include "core/model/mapped_source.h"
#include "core/model/vit/hugging_face_names.h"
#include "core/model/vit/infer_vit.h"
#include "core/train/network/vit_state_names.h"

namespace ocellus {
namespace {

NamedVit requireNamed(const std::string& name)
{
    if (const std::optional<NamedVit> named = namedVit(name))
        return *named;
    throw Error(ErrorCode::BadArgument, "--backbone",
                "expected resnet18, resnet34, resnet50, resnet101, mobilenet_v2 or one of " + namesOfVits() + "; got " +
                    name);
}

std::string formOf(const VitConfig& config)
{
    return "width " + std::to_string(config.width) + ", " + std::to_string(config.depth) + " blocks, patches of " +
           std::to_string(config.patchSize) + " pixels, " + std::to_string(config.registers) + " registers";
}

/// The file's own word, else the name's.
VitDeclared completed(VitDeclared declared, const NamedVit& named, std::vector<std::string>& remarks)
{
    std::string taken;
    const auto complete = [&taken](auto& told, const auto& otherwise, const std::string& what) {
        if (!told)
            taken += (taken.empty() ? "" : ", ") + what;
        told = told.value_or(otherwise);
    };
    const VitConfig& config = named.config;
    complete(declared.heads, config.heads, "num_heads " + std::to_string(config.heads));
    complete(declared.resampling, config.resampling, "position_resampling " + std::string(toString(config.resampling)));
    complete(declared.activation, config.activation, "activation " + std::string(toString(config.activation)));
    complete(declared.eps, config.eps, config.eps > 5e-6 ? "norm_eps 1e-05" : "norm_eps 1e-06");
    if (!taken.empty())
        remarks.push_back("the weights do not tell what " + named.name + " is known to have: " + taken +
                          "; --set changes it");
    return declared;
}

} // namespace

std::string namesOfVits()
{
    std::string names;
    for (const NamedVit& vit : namedVits())
        names += (names.empty() ? "" : ", ") + vit.name;
    return names;
}

VitBackbone vitOfWeights(const NamedVit& expected, const std::filesystem::path& weights, const std::string& stateDict,
                         const ModelSettings& given)
{
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(weights, {}, stateDict);
    std::optional<VitNames> names = vitPartOf(*checkpoint);
    if (!names)
        throw Error(ErrorCode::Mismatch, "--backbone-weights " + weights.string(),
                    "expected a Vision Transformer (" + expected.what + "), got other tensors, the first " +
                        (checkpoint->tensors().empty() ? std::string("none") : checkpoint->tensors().front().name),
                    "ocellus-cli inspect tells what the file holds");
    const ModelCompanions companions = readCompanions(weights, checkpoint->args(), hasHuggingFaceNames(*checkpoint));
    nlohmann::json settings = companions.settings;
    if (!given.empty())
        settings.update(nlohmann::json::parse(toString(given)));
    CheckpointHints hints(settings);
    VitBackbone backbone;
    const VitDeclared told = hints.declared().vit;
    const bool hasMaskToken =
        std::ranges::any_of(names->unused, [](const std::string& tensor) { return tensor.ends_with("mask_token"); });
    const MappedSource mapped(*checkpoint, std::move(names->tensors));
    // Of another network, what the name says of this one would be told to be wrong of its heads.
    if (const VitConfig form = inferVit(mapped, told, hasMaskToken, false).config;
        formOf(form) != formOf(expected.config))
        throw Error(ErrorCode::Mismatch, "--backbone-weights " + weights.string(),
                    "expected " + expected.name + " (" + formOf(expected.config) + "), got " + formOf(form),
                    "Give the --backbone that the file is of");
    backbone.config = inferVit(mapped, completed(told, expected, backbone.remarks), hasMaskToken, false).config;
    return backbone;
}

NamedVit vitNamed(const std::string& name, const ModelSettings& given)
{
    NamedVit named = requireNamed(name);
    VitConfig& config = named.config;
    config.heads = given.heads.value_or(config.heads);
    config.resampling = given.resampling.value_or(config.resampling);
    config.activation = given.activation.value_or(config.activation);
    config.eps = given.eps.value_or(config.eps);
    return named;
}

} // namespace ocellus
