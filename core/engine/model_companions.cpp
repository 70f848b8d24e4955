// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/model_companions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/image/preprocess_options.h"
#include "core/io/atomic_file.h"
#include "core/io/input_file.h"
#include "core/io/strict_json.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t mostBytes = std::uint64_t{16} << 20; // names of 21,000 classes are a megabyte
constexpr int mostDepth = 8;
constexpr std::size_t mostValues = 1'000'000;
constexpr const char* sidecarEnding = ".ocellus-model.json";
constexpr std::array<std::string_view, 4> knownTypes{"vit", "deit", "dinov2", "dinov2_with_registers"};

bool isKnown(const Json& config)
{
    const Json type = config.value("model_type", Json());
    return type.is_string() && std::ranges::find(knownTypes, type.get_ref<const std::string&>()) != knownTypes.end();
}

/// The file's JSON object; null where there is no such file, or with a remark where it is something else.
Json readObject(const std::filesystem::path& path, std::vector<std::string>& remarks)
{
    std::error_code failure;
    if (!std::filesystem::is_regular_file(path, failure))
        return nullptr;
    try {
        const InputFile file(path);
        if (file.size() > mostBytes)
            throw Error(ErrorCode::TooLarge, path.string(), "it has more than 16 MB");
        std::string text(static_cast<std::size_t>(file.size()), '\0');
        file.readAt(0, std::as_writable_bytes(std::span(text)));
        Json value = StrictJson(path.string()).parsed(text, mostDepth, mostValues);
        if (value.is_object())
            return value;
        remarks.push_back(path.filename().string() + " beside the model is not used: it is no JSON object");
    } catch (const Error& error) {
        remarks.push_back(path.filename().string() + " beside the model is not used: " + error.detail());
    }
    return nullptr;
}

void copyIfThere(const Json& from, const char* key, Json& settings, const char* ours)
{
    if (const auto found = from.find(key); found != from.end() && !found->is_null())
        settings[ours] = *found;
}

/// {"0": "Ant", "1": "Bee"} in the order of the numbers; null where it is anything else.
Json namesById(const Json& map)
{
    if (!map.is_object())
        return nullptr;
    Json names = Json::array();
    for (std::size_t i = 0; i < map.size(); ++i) {
        const auto found = map.find(std::to_string(i));
        if (found == map.end() || !found->is_string())
            return nullptr;
        names.push_back(*found);
    }
    return names;
}

Json fromConfig(const Json& config)
{
    Json settings = Json::object();
    copyIfThere(config, "num_attention_heads", settings, "num_heads");
    copyIfThere(config, "layer_norm_eps", settings, "norm_eps");
    copyIfThere(config, "hidden_act", settings, "activation");
    if (config.value("use_swiglu_ffn", Json(false)) == Json(true))
        settings["activation"] = "swiglu";
    if (const auto found = config.find("id2label"); found != config.end())
        if (Json names = namesById(*found); names.is_array() && !names.empty() && names[0] != "LABEL_0")
            settings["class_names"] = std::move(names);
    return settings;
}

/// A side of {"height": 224, "width": 224}, {"shortest_edge": 256} or 224; 0 where there is none.
int sideOf(const Json& size, const char* key)
{
    const Json& value = size.is_object() && size.contains(key) ? size[key] : size;
    const bool isSide = value.is_number_integer() && value >= 1 && value <= largestInputSide;
    return isSide ? value.get<int>() : 0;
}

bool isNear(const Json& list, const std::array<double, 3>& values)
{
    if (!list.is_array() || list.size() != values.size())
        return false;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!list[i].is_number() || std::abs(list[i].get<double>() - values[i]) > 1e-6)
            return false;
    return true;
}

std::optional<Normalisation> normalisationOf(const Json& processor)
{
    const Json mean = processor.value("image_mean", Json());
    const Json deviation = processor.value("image_std", Json());
    if (isNear(mean, {0.485, 0.456, 0.406}) && isNear(deviation, {0.229, 0.224, 0.225}))
        return Normalisation::ImageNet;
    if (isNear(mean, {0.5, 0.5, 0.5}) && isNear(deviation, {0.5, 0.5, 0.5}))
        return Normalisation::Half;
    if (isNear(mean, {0.48145466, 0.4578275, 0.40821073}) && isNear(deviation, {0.26862954, 0.26130258, 0.27577711}))
        return Normalisation::Clip;
    return std::nullopt;
}

/// What Hugging Face's image processors do, as far as it is known here: bilinear is 2, bicubic 3, as Pillow counts.
std::optional<std::string> preprocessingOf(const Json& processor)
{
    const std::optional<Normalisation> normalisation = normalisationOf(processor);
    const Json resample = processor.value("resample", Json(2));
    const Json size = processor.value("size", Json());
    const bool isShort = size.is_object() && size.contains("shortest_edge");
    const int side = sideOf(size, isShort ? "shortest_edge" : "height");
    const bool isCut = processor.value("do_center_crop", Json(false)) == Json(true);
    const Json crop = processor.value("crop_size", Json());
    const int cropSide = isCut ? sideOf(crop, "height") : side;
    const bool isSquare = (isShort || sideOf(size, "width") == side) && (!isCut || sideOf(crop, "width") == cropSide);
    if (!normalisation || side == 0 || cropSide == 0 || cropSide > side || !isSquare ||
        (resample != 2 && resample != 3))
        return std::nullopt;
    PreprocessOptions options;
    options.normalisation = *normalisation;
    options.filter = resample == 3 ? PixelFilter::Bicubic : PixelFilter::Bilinear;
    if (!isShort) {
        options.fixedSide = side;
        // A square whose middle is cut out, as DeiT's, is not known here.
        return cropSide == side ? std::optional(toString(options)) : std::nullopt;
    }
    options.shortSide = side;
    options.longSide = largestInputSide;
    options.cropSide = isCut ? cropSide : 0;
    return toString(options);
}

void addHuggingFace(const std::filesystem::path& folder, ModelCompanions& companions)
{
    const Json config = readObject(folder / "config.json", companions.remarks);
    if (!config.is_object() || !isKnown(config))
        return;
    companions.settings.update(fromConfig(config));
    companions.remarks.emplace_back("heads, activation and the norms' eps are those of config.json beside the model");
    const Json processor = readObject(folder / "preprocessor_config.json", companions.remarks);
    if (!processor.is_object())
        return;
    if (const std::optional<std::string> text = preprocessingOf(processor)) {
        companions.settings["preprocessing"] = *text;
        companions.remarks.emplace_back("the preprocessing is that of preprocessor_config.json beside the model");
    } else {
        companions.remarks.emplace_back("preprocessor_config.json beside the model is not used: it prepares pictures "
                                        "in a way that is not known here");
    }
}

/// Null takes a key away.
void changeSidecar(const std::filesystem::path& checkpoint, const Json& changes)
{
    const std::filesystem::path path = sidecarOf(checkpoint);
    std::vector<std::string> remarks;
    Json kept = readObject(path, remarks);
    if (!remarks.empty())
        throw Error(ErrorCode::Damaged, path.string(), remarks.front(), "Move that file away, and keep these again");
    if (!kept.is_object())
        kept = Json::object();
    kept.merge_patch(changes);
    writeFileAtomically(path, kept.dump(2) + "\n");
}

} // namespace

ModelCompanions readCompanions(const std::filesystem::path& checkpoint, const Json& args, bool isHuggingFace)
{
    ModelCompanions companions{args.is_object() ? args : Json::object(), {}};
    if (isHuggingFace)
        addHuggingFace(checkpoint.parent_path(), companions);
    std::filesystem::path stem = checkpoint;
    for (const std::filesystem::path& base : {checkpoint, stem.replace_extension()}) {
        const std::filesystem::path path = base.string() + sidecarEnding;
        const Json own = readObject(path, companions.remarks);
        if (!own.is_object())
            continue;
        companions.settings.update(own);
        companions.remarks.push_back("settings of " + path.filename().string() + " are used");
        break;
    }
    return companions;
}

std::filesystem::path sidecarOf(const std::filesystem::path& checkpoint)
{
    return checkpoint.string() + sidecarEnding;
}

void keepBeside(const std::filesystem::path& checkpoint, const ModelSettings& settings)
{
    changeSidecar(checkpoint, settings.empty() ? Json::object() : Json::parse(toString(settings)));
}

void keepBeside(const std::filesystem::path& checkpoint, const std::map<std::string, std::string>& metadata)
{
    Json changes = Json::object();
    for (const auto& [key, text] : metadata)
        changes[key] = text.empty() ? Json() : Json(text);
    changeSidecar(checkpoint, changes);
}

} // namespace ocellus
