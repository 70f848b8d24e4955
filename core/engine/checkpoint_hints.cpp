// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/checkpoint_hints.h"

#include <charconv>
#include <limits>
#include <string_view>

#include "core/base/error.h"
#include "core/io/python_list.h"
#include "core/io/strict_json.h"
#include "core/io/text.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

/// Values are typed in PyTorch's settings and texts in safetensors' metadata.
std::optional<std::string> textOf(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean() || value.is_number_integer())
        return value.dump();
    return std::nullopt;
}

/// JSON in a text; null for any other text. Brackets alone could fill sixty times the text's memory.
Json jsonIn(const std::string& text)
{
    constexpr int mostDepth = 2;
    constexpr std::size_t mostValues = 1'000'000;
    try {
        return StrictJson("settings").parsed(text, mostDepth, mostValues);
    } catch (const Error&) {
        return nullptr;
    }
}

std::optional<bool> flagOf(const Json& value)
{
    const std::optional<std::string> text = textOf(value);
    if (text == "true" || text == "True" || text == "1")
        return true;
    if (text == "false" || text == "False" || text == "0")
        return false;
    return std::nullopt;
}

} // namespace

DeclaredArgs CheckpointHints::declared()
{
    DeclaredArgs declared{number("nheads"), flag("dilation"), flag("pre_norm"), backbone()};
    declared.vit.heads = number("num_heads");
    declared.vit.resampling = named("position_resampling", positionResampling);
    declared.vit.activation = named("activation", vitActivation);
    declared.vit.eps = fraction("norm_eps");
    declared.former = {lastNumber("reserve_layers"), lastNumber("reserve_token_nums"), share("global_coe")};
    declared.similarity =
        named("prototype_activation_function", [](std::string_view text) { return std::string(text); });
    declared.prototypeImageSize = number("img_size");
    declared.prototypesPerClass = number("prototypes_per_class");
    declared.tree = tree();
    declared.normedLeaves = flag("kontschieder_normalization");
    return declared;
}

/// What is no tree is left for its reader to refuse: without it the file would be another one.
const Json* CheckpointHints::tree()
{
    const Json* value = find("tree");
    if (!value || !value->is_string())
        return value;
    m_tree = jsonIn(value->get_ref<const std::string&>());
    return &m_tree;
}

template <typename Parse>
auto CheckpointHints::named(const char* key, Parse parse) -> std::optional<decltype(parse(std::string_view()))>
{
    const Json* value = find(key);
    if (!value)
        return std::nullopt;
    try {
        if (value->is_string())
            return parse(value->get<std::string>());
        ignore(key, "it is no text");
    } catch (const Error& error) {
        ignore(key, error.detail());
    }
    return std::nullopt;
}

std::optional<PreprocessOptions> CheckpointHints::preprocess()
{
    const std::optional<PreprocessOptions> own = preprocessOf("preprocessing");
    return own ? own : preprocessOf("image_size");
}

std::optional<PreprocessOptions> CheckpointHints::preprocessOf(const char* key)
{
    const Json* value = find(key);
    if (!value)
        return std::nullopt;
    try {
        if (value->is_string())
            return parsePreprocess(value->get<std::string>(), key);
        ignore(key, "it is not SHORT:LONG or fixed:SIDE");
    } catch (const Error& error) {
        ignore(key, error.detail());
    }
    return std::nullopt;
}

std::vector<std::string> CheckpointHints::classNames(int count)
{
    const Json* value = find("class_names");
    if (!value)
        return {};
    std::optional<std::vector<std::string>> names = listOfNames(*value);
    if (!names) {
        ignore("class_names", "it is no list of texts");
        return {};
    }
    if (static_cast<int>(names->size()) != count) {
        m_remarks.push_back("class_names of the file are not used: they are " + std::to_string(names->size()) +
                            ", the model has " + std::to_string(count) + " classes");
        return {};
    }
    return std::move(*names);
}

std::vector<TrainingNote> CheckpointHints::training() const
{
    constexpr std::size_t mostBytes = 2000; // a command line; a file could hold megabytes
    std::vector<TrainingNote> notes;
    for (const char* key : {"training_command", "data_hash", "epoch", "acc@1", "acc@5", "val_loss",
                            "validation_energies", "novelty_score", "novelty_threshold", "calibration_temperature"}) {
        const Json* value = find(key);
        std::optional<std::string> text = value ? textOf(*value) : std::nullopt;
        if (value && value->is_number())
            text = value->dump();
        if (text && !text->empty() && text->size() <= mostBytes)
            notes.push_back({key, *text});
    }
    return notes;
}

bool CheckpointHints::untrained() const
{
    const Json* value = find("untrained");
    return value && flagOf(*value).value_or(false);
}

std::optional<std::string> CheckpointHints::prototypePictures() const
{
    const Json* value = find("prototype_pictures");
    return value ? textOf(*value) : std::nullopt;
}

const Json* CheckpointHints::find(const char* key) const
{
    const auto found = m_args.is_object() ? m_args.find(key) : m_args.end();
    return found == m_args.end() || found->is_null() ? nullptr : &*found;
}

std::optional<int> CheckpointHints::number(const char* key)
{
    const Json* value = find(key);
    if (!value)
        return std::nullopt;
    const std::string text = textOf(*value).value_or("");
    int number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, number);
    if (!text.empty() && failure == std::errc() && rest == end)
        return number;
    ignore(key, "it is no whole number");
    return std::nullopt;
}

std::optional<double> CheckpointHints::fraction(const char* key)
{
    const std::optional<double> number = share(key);
    if (!number || (*number > 0 && *number < 1))
        return number;
    ignore(key, "it is no number between 0 and 1");
    return std::nullopt;
}

std::optional<double> CheckpointHints::share(const char* key)
{
    const Json* value = find(key);
    if (!value)
        return std::nullopt;
    const Json number = value->is_string() ? jsonIn(value->get_ref<const std::string&>()) : *value;
    if (number.is_number() && number >= 0 && number <= 1)
        return number.get<double>();
    ignore(key, "it is no number between 0 and 1");
    return std::nullopt;
}

std::optional<int> CheckpointHints::lastNumber(const char* key)
{
    const Json* value = find(key);
    if (!value)
        return std::nullopt;
    const Json list = value->is_string() ? jsonIn(value->get_ref<const std::string&>()) : *value;
    const Json& last = list.is_array() && !list.empty() ? list.back() : list;
    if (last.is_number_integer() && last >= 0 && last <= std::numeric_limits<int>::max())
        return last.get<int>();
    ignore(key, "it is no whole number, nor a list of them");
    return std::nullopt;
}

std::optional<bool> CheckpointHints::flag(const char* key)
{
    const Json* value = find(key);
    const std::optional<bool> flag = value ? flagOf(*value) : std::nullopt;
    if (value && !flag)
        ignore(key, "it is neither true nor false");
    return flag;
}

/// A name of another program's says nothing of the tensors; one of ours must agree with them.
std::optional<std::string> CheckpointHints::backbone()
{
    const Json* value = find("backbone");
    if (!value)
        return std::nullopt;
    try {
        if (value->is_string()) {
            backboneKind(value->get<std::string>());
            return value->get<std::string>();
        }
        ignore("backbone", "it is no text");
    } catch (const Error&) {
        ignore("backbone", "no backbone has this name here, and the tensors tell which one it is");
    }
    return std::nullopt;
}

std::optional<std::vector<std::string>> CheckpointHints::listOfNames(const Json& value) const
{
    const Json list = value.is_string() ? jsonIn(value.get_ref<const std::string&>()) : value;
    if (!list.is_array())
        return value.is_string() ? parsePythonList(value.get<std::string>()) : std::nullopt;
    std::vector<std::string> names;
    for (const Json& name : list) {
        if (!name.is_string())
            return std::nullopt;
        names.push_back(name.get<std::string>());
    }
    return names;
}

void CheckpointHints::ignore(const char* key, const std::string& why)
{
    const Json* value = find(key);
    m_remarks.push_back(std::string(key) + " of the file, " +
                        excerpt(value->dump(-1, ' ', false, Json::error_handler_t::replace)) + ", is not used: " + why);
}

} // namespace ocellus
