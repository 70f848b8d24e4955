// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/convert_command.h"

#include <iostream>
#include <map>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "core/analysis/kept_trust.h"
#include "core/base/error.h"
#include "core/io/checkpoint.h"
#include "core/io/safetensors_writer.h"
#include "core/model/prototypes/prototype_config.h"

namespace ocellus {

CLI::App* addConvertCommand(CLI::App& app, ConvertOptions& options)
{
    CLI::App* command =
        app.add_subcommand("convert", "Write a checkpoint's weights as .safetensors, without optimizer and pickle");
    command->add_option("checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    command->add_option("--out", options.out, "The file to write: NAME.safetensors")->required();
    addStateOption(*command, options.state);
    command->add_flag("--half", options.half, "Half the size: weights as float16");
    CLI::Option* energies = command->add_option(
        "--energies", options.energies,
        "The evaluation.json of pictures that the model is meant for: the file then tells how unusual another one is");
    command
        ->add_flag("--temperature", options.temperature,
                   "And the temperature that `predict` divides logits by, so that probabilities can be believed")
        ->needs(energies);
    return command;
}

namespace {

/// What a whole pickled model says of itself and no tensor tells, in the words that are read back.
void addWhatItSays(const nlohmann::json& object, const std::filesystem::path& path,
                   std::map<std::string, std::string>& metadata)
{
    if (!object.is_object())
        return;
    if (object.at("tables").contains("_out_map"))
        throw Error(ErrorCode::Unsupported, path.string(),
                    "this is a whole ProtoTree: which node uses which prototype is in none of its tensors",
                    "Keep the file as it is: it is read as data and never executed");
    const nlohmann::json& attributes = object.at("attributes");
    constexpr const char* activation = "prototype_activation_function";
    if (attributes.contains(activation) && attributes[activation].is_string())
        metadata.emplace(activation, attributes[activation].get<std::string>());
    const bool hasEpsilon =
        attributes.contains(activation) && attributes.contains("epsilon") && attributes["epsilon"].is_number();
    if (hasEpsilon && attributes["epsilon"].get<double>() != PrototypeConfig().epsilon)
        throw Error(ErrorCode::Unsupported, path.string(),
                    "this is a whole ProtoPNet whose similarity has an epsilon of its own, " +
                        attributes["epsilon"].dump() + ", which a .safetensors file cannot tell",
                    "Keep the file as it is: it is read as data and never executed");
    constexpr const char* reserved = "reserve_layers"; // of ProtoPFormer, which crops
    if (!attributes.contains(reserved) && attributes.contains("img_size") && attributes["img_size"].is_number_integer())
        metadata.emplace("image_size", "fixed:" + attributes["img_size"].dump());
    for (const char* key : {reserved, "reserve_token_nums", "global_coe"})
        if (attributes.contains(key))
            metadata.emplace(key, attributes[key].dump());
}

} // namespace

int runConvert(const ConvertOptions& options, const std::stop_token& stop)
{
    if (options.out.extension() != ".safetensors")
        throw Error(ErrorCode::BadArgument, "--out",
                    "expected a name that ends in .safetensors, got " + options.out.string());
    if (std::filesystem::exists(options.out))
        throw Error(ErrorCode::BadArgument, "--out",
                    "expected a file that is not there yet, got " + options.out.string());
    const KeptTrust trust =
        options.energies.empty() ? KeptTrust() : trustOfEvaluation(options.energies, options.temperature);
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(options.checkpoint, Progress(stop), options.state);
    auto metadata = asMetadata(checkpoint->args());
    addWhatItSays(checkpoint->object(), options.checkpoint, metadata);
    for (auto& [key, text] : asMetadata(trust))
        metadata[key] = text;
    writeSafetensors(options.out, *checkpoint, options.half ? DType::Float16 : DType::Float32, metadata);
    std::cout << oneLine(options.out.string()) << '\n';
    return ExitSuccess;
}

} // namespace ocellus
