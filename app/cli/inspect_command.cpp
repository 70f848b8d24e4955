// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inspect_command.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/model_settings_option.h"
#include "core/analysis/unusualness.h"
#include "core/engine/engine.h"
#include "core/io/checkpoint.h"
#include "core/io/state_dict_origin.h"
#include "core/model/map_words.h"
#include "core/model/model_family.h"

namespace ocellus {

namespace {

nlohmann::ordered_json vitArchitecture(const VitConfig& vit)
{
    return {{"backbone", "vit"},
            {"patch_size", vit.patchSize},
            {"stored_grid", vit.grid},
            {"embed_dim", vit.width},
            {"depth", vit.depth},
            {"num_heads", vit.heads},
            {"feed_forward", vit.feedForward},
            {"activation", toString(vit.activation)},
            {"qkv_bias", vit.qkvBias},
            {"layer_scale", vit.layerScale},
            {"norm_before", vit.normBefore},
            {"prefix_tokens", vit.prefix()},
            {"registers", vit.registers},
            {"position_resampling", toString(vit.resampling)},
            {"norm_eps", vit.eps},
            {"classes", vit.classes}};
}

nlohmann::ordered_json prototypeArchitecture(const ModelConfig& config)
{
    const PrototypeConfig& prototypes = *config.prototypes;
    nlohmann::ordered_json fields = {
        {"backbone", nameOf(prototypes.features)},
        {"head", toString(config.head)},
        {"classes", config.queries},
        {"add_on_layers", prototypes.addOn},
        {"prototype_shape", {prototypes.prototypes, prototypes.channels(), prototypes.rows, prototypes.columns}},
        {"prototype_activation_function", toString(prototypes.similarity)},
        {"img_size", prototypes.imageSize}};
    if (prototypes.similarity == SimilarityKind::Log)
        fields["epsilon"] = prototypes.epsilon;
    if (const auto& tree = prototypes.tree) {
        fields["depth"] = tree->depth;
        fields["leaves"] = std::ranges::count_if(tree->nodes, &TreeNode::isLeaf);
        fields["branches"] = std::ranges::count_if(tree->nodes, std::not_fn(&TreeNode::isLeaf));
        fields["leaves_normed"] = tree->isNormed;
    } else {
        fields["most_prototypes_of_a_class"] = mostOfAClass(prototypes.classOf);
    }
    return fields;
}

nlohmann::ordered_json formerArchitecture(const ModelConfig& config)
{
    const FormerConfig& former = *config.former;
    nlohmann::ordered_json fields = vitArchitecture(*config.vit);
    fields["classes"] = config.queries;
    fields["head"] = toString(config.head);
    fields["class_blocks"] = former.classBlocks;
    fields["add_on_layers"] = former.addOn;
    fields["prototype_shape"] = {former.prototypes(), former.channels(), 1, 1};
    fields["global_prototypes"] = former.globalPrototypes();
    fields["prototype_activation_function"] = toString(former.similarity);
    fields["reserve_layers"] = {former.keepLayer};
    fields["reserve_token_nums"] = {former.keep};
    fields["global_coe"] = former.globalShare;
    return fields;
}

nlohmann::ordered_json conceptArchitecture(const ModelConfig& config)
{
    nlohmann::ordered_json fields = vitArchitecture(*config.vit);
    fields["classes"] = config.queries;
    fields["head"] = toString(config.head);
    fields["n_concepts"] = config.concepts->ofPicture;
    fields["n_spatial_concepts"] = config.concepts->ofPatches;
    fields["concept_heads"] = config.concepts->heads;
    return fields;
}

/// The released names where they exist; what a plain classifier lacks is left out.
nlohmann::ordered_json architecture(const ModelConfig& config)
{
    if (config.prototypes)
        return prototypeArchitecture(config);
    if (config.former)
        return formerArchitecture(config);
    if (config.concepts)
        return conceptArchitecture(config);
    nlohmann::ordered_json fields = {{"backbone", toString(config.backbone)}};
    if (config.vit) {
        fields = vitArchitecture(*config.vit);
        if (config.head == HeadKind::None)
            return fields;
        if (config.head == HeadKind::Prompts) {
            fields["classes"] = config.queries;
            fields["prompt_layers"] = config.promptLayers;
            return fields;
        }
        fields.erase("classes");
    } else if (isResnet(config.backbone)) {
        fields["backbone_width"] = config.backboneWidth;
        fields["stage"] = "layer" + std::to_string(config.lastStage);
    }
    if (!config.vit)
        fields["dilation"] = config.dilation;
    fields["head"] = toString(config.head);
    fields["num_queries"] = config.queries;
    if (config.head == HeadKind::Linear)
        return fields;
    fields["position_embedding"] = toString(config.position);
    fields["hidden_dim"] = config.hiddenDim;
    fields["nheads"] = config.heads;
    fields["enc_layers"] = config.encoderLayers;
    fields["dec_layers"] = config.decoderLayers;
    fields["dim_feedforward"] = config.feedForward;
    fields["pre_norm"] = config.preNorm;
    return fields;
}

nlohmann::ordered_json training(const ModelDescription& model)
{
    nlohmann::ordered_json notes = nlohmann::ordered_json::object();
    for (const TrainingNote& note : model.training)
        notes[note.key] = note.text;
    return notes;
}

nlohmann::ordered_json tensorList(const Checkpoint& checkpoint)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const TensorInfo& tensor : checkpoint.tensors())
        list.push_back({{"name", tensor.name}, {"dtype", toString(tensor.dtype)}, {"shape", tensor.shape}});
    return list;
}

nlohmann::ordered_json stateDict(const StateDictOrigin& origin)
{
    nlohmann::ordered_json others = nlohmann::ordered_json::array();
    for (const StateDictOrigin::Other& other : origin.others)
        others.push_back({{"key", other.key}, {"tensors", other.tensors}});
    return {{"key", origin.key},          {"prefix", origin.prefix}, {"averaged", origin.isAveraged},
            {"left_out", origin.leftOut}, {"others", others},        {"settings", origin.settingsKey},
            {"objects", origin.objects},  {"object", origin.object}};
}

std::string subjectText(MapSubject maps)
{
    switch (maps) {
    case MapSubject::None: return "nothing";
    case MapSubject::Classes: return "classes";
    case MapSubject::Picture: return "the picture";
    }
    return "unknown";
}

void printFamilies()
{
    for (const ModelFamily& family : modelFamilies())
        std::cout << family.name << std::string(20 - family.name.size(), ' ') << family.title << '\n';
}

void printJson(const ModelDescription& model, const Checkpoint& checkpoint)
{
    const nlohmann::ordered_json description = {
        {"path", model.path.string()},
        {"format", model.format},
        {"sha256", model.sha256},
        {"bytes", model.fileBytes},
        {"parameters", model.parameters},
        {"family", model.offer.family},
        {"layout", model.layout},
        {"maps",
         {{"layers", model.offer.layers},
          {"heads", model.offer.heads},
          {"of", subjectText(model.offer.maps)},
          {"kind", mapWords(model.offer.mapKind)}}},
        {"architecture", architecture(model.config)},
        {"assumed", model.assumed},
        {"state_dict", stateDict(model.stateDict)},
        {"remarks", model.remarks},
        {"class_names", model.classNames},
        {"image_size", model.preprocess ? nlohmann::ordered_json(toString(*model.preprocess)) : nullptr},
        {"training", training(model)},
        {"untrained", model.untrained},
        {"cell", {{"stride", model.field.stride}, {"start", model.field.start}, {"extent", model.field.extent}}},
        {"tensors", tensorList(checkpoint)}};
    // A tensor's name is any bytes; JSON is UTF-8.
    std::cout << description.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

std::string assumedText(const std::vector<std::string>& assumed)
{
    std::string text;
    for (const std::string& field : assumed)
        text += (text.empty() ? "" : ", ") + field;
    return text.empty() ? "nothing" : text;
}

void printText(const ModelDescription& model, const Checkpoint& checkpoint, bool withTensors)
{
    const auto row = [](const std::string& name, const auto& value) {
        std::cout << name << std::string(name.size() < 20 ? 20 - name.size() : 1, ' ') << value << '\n';
    };
    row("file", oneLine(model.path.string()));
    row("format", model.format);
    row("sha256", model.sha256);
    row("bytes", model.fileBytes);
    row("parameters", model.parameters);
    row("tensors", checkpoint.tensors().size());
    row("family", model.offer.family);
    if (!model.layout.empty())
        row("names", model.layout);
    const nlohmann::ordered_json fields = architecture(model.config);
    for (const auto& [name, value] : fields.items())
        row(name, value.is_string() ? value.get<std::string>() : value.dump());
    row("assumed", assumedText(model.assumed));
    row("state dict", oneLine(originText(model.stateDict)));
    for (const std::string& remark : model.remarks)
        row("remark", oneLine(remark));
    if (const std::string objects = objectsText(model.stateDict); !objects.empty())
        row("objects, not run", oneLine(objects));
    row("class names", model.classNames.size());
    if (model.preprocess)
        row("image size", toString(*model.preprocess));
    for (const TrainingNote& note : model.training)
        if (note.key != validationEnergiesKey) // numbers for comparison, not for people
            row(note.key, oneLine(note.text));
    row("cell stride", model.field.stride);
    row("cell extent", model.field.extent);
    if (model.untrained)
        row("untrained", "weights by formula");
    if (withTensors)
        for (const TensorInfo& tensor : checkpoint.tensors())
            std::cout << oneLine(tensor.name) << '\t' << toString(tensor.dtype) << '\t' << shapeText(tensor.shape)
                      << '\n';
}

} // namespace

CLI::App* addInspectCommand(CLI::App& app, InspectOptions& options)
{
    CLI::App* command = app.add_subcommand("inspect", "Say what a checkpoint is and whether it loads");
    command->add_option("checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors");
    command->add_flag("--families", options.families, "List the kinds of models that are known");
    addStateOption(*command, options.state);
    addModelSettingsOption(*command, options.settings);
    command->add_flag("--json", options.json, "For programs, with all tensors");
    command->parse_complete_callback([&options] {
        if (options.checkpoint.empty() && !options.families)
            throw CLI::RequiredError("checkpoint");
    });
    command->add_flag("--tensors", options.tensors, "List every tensor's name, type and shape");
    return command;
}

int runInspect(const InspectOptions& options, const std::stop_token& stop)
{
    if (options.families) {
        printFamilies();
        return ExitSuccess;
    }
    EngineOptions engineOptions;
    engineOptions.device = "cpu";
    engineOptions.stateDict = options.state;
    engineOptions.model = options.settings;
    Engine engine(engineOptions);
    const ModelDescription& model = engine.open(options.checkpoint, Progress(stop));
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(options.checkpoint, Progress(stop), options.state);
    if (options.json)
        printJson(model, *checkpoint);
    else
        printText(model, *checkpoint, options.tensors);
    return ExitSuccess;
}

} // namespace ocellus
