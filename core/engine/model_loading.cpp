// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/model_loading.h"

#include <charconv>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/checkpoint.h"
#include "core/model/infer_config.h"
#include "core/model/state_dict.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

/// Values are typed in PyTorch's Namespace and strings in safetensors' metadata.
std::optional<std::string> textOf(const Json& args, const char* key)
{
    if (!args.is_object() || !args.contains(key))
        return std::nullopt;
    const Json& value = args.at(key);
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean() || value.is_number_integer())
        return value.dump();
    return std::nullopt;
}

std::optional<int> numberOf(const Json& args, const char* key)
{
    const std::optional<std::string> text = textOf(args, key);
    if (!text)
        return std::nullopt;
    int value = 0;
    const char* end = text->data() + text->size();
    const auto [rest, failure] = std::from_chars(text->data(), end, value);
    return failure == std::errc() && rest == end ? std::optional(value) : std::nullopt;
}

std::optional<bool> flagOf(const Json& args, const char* key)
{
    const std::optional<std::string> text = textOf(args, key);
    if (text == "true" || text == "True" || text == "1")
        return true;
    if (text == "false" || text == "False" || text == "0")
        return false;
    return std::nullopt;
}

/// `class_names`: a list, or in safetensors' metadata a list written as JSON. Any other form names nothing.
std::vector<std::string> classNamesOf(const Json& args)
{
    if (!args.is_object() || !args.contains("class_names"))
        return {};
    const Json& value = args.at("class_names");
    const Json list = value.is_string() ? Json::parse(value.get<std::string>(), nullptr, false) : value;
    std::vector<std::string> names;
    if (list.is_array())
        for (const Json& name : list) {
            if (!name.is_string())
                return {};
            names.push_back(name.get<std::string>());
        }
    return names;
}

/// `image_size` as our trainer writes it. Another type is another program's key of that name.
std::optional<PreprocessOptions> preprocessOf(const Json& args)
{
    if (!args.is_object() || !args.contains("image_size") || !args.at("image_size").is_string())
        return std::nullopt;
    try {
        return parsePreprocess(args.at("image_size").get<std::string>(), "image_size");
    } catch (const Error& error) {
        throw Error(ErrorCode::Damaged, "image_size", "the checkpoint's own settings are damaged: " + error.detail());
    }
}

std::vector<TrainingNote> trainingOf(const Json& args)
{
    constexpr std::size_t mostBytes = 2000; // a command line; a stranger's file could hold megabytes
    std::vector<TrainingNote> notes;
    for (const char* key : {"training_command", "data_hash", "epoch", "acc@1", "acc@5", "val_loss"}) {
        std::optional<std::string> text = textOf(args, key);
        if (!text && args.is_object() && args.contains(key) && args.at(key).is_number())
            text = args.at(key).dump();
        if (text && !text->empty() && text->size() <= mostBytes)
            notes.push_back({key, *text});
    }
    return notes;
}

std::int64_t countParameters(const ModelConfig& config)
{
    std::int64_t count = 0;
    for (const TensorInfo& tensor : expectedTensors(config))
        if (!tensor.name.ends_with(".running_mean") && !tensor.name.ends_with(".running_var"))
            count += tensor.count();
    return count;
}

ModelDescription describe(const Checkpoint& checkpoint, const std::filesystem::path& path)
{
    const Json& args = checkpoint.args();
    const InferredConfig inferred = inferConfig(checkpoint, {numberOf(args, "nheads"), flagOf(args, "dilation"),
                                                             flagOf(args, "pre_norm"), textOf(args, "backbone")});
    checkStateDict(inferred.config, checkpoint);

    ModelDescription description;
    description.path = path;
    description.format = checkpoint.format();
    description.fileBytes = checkpoint.fileBytes();
    description.config = inferred.config;
    description.assumed = inferred.assumed;
    description.parameters = countParameters(inferred.config);
    description.classNames = classNamesOf(args);
    // Names that are not one a class would name the wrong species: they are no names.
    if (static_cast<int>(description.classNames.size()) != inferred.config.queries)
        description.classNames.clear();
    description.preprocess = preprocessOf(args);
    description.training = trainingOf(args);
    description.untrained = flagOf(args, "untrained").value_or(false);
    description.field = receptiveField(inferred.config);
    return description;
}

} // namespace

LoadedModel loadModel(const std::filesystem::path& path, const Compute& compute, const Progress& progress,
                      const Engine::Acceptance& accept)
{
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path, progress);
    LoadedModel loaded;
    loaded.description = describe(*checkpoint, path);
    if (accept)
        accept(loaded.description);
    loaded.description.sha256 = sha256OfFile(path, progress);
    const ModelConfig& config = loaded.description.config;
    if (config.head == HeadKind::Linear)
        loaded.classifier = std::make_unique<const LinearClassifier>(config, *checkpoint, compute, progress);
    else
        loaded.intr = std::make_unique<const Intr>(config, *checkpoint, compute, progress);
    return loaded;
}

} // namespace ocellus
