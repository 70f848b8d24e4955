// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/model_settings.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/strict_json.h"

namespace ocellus {

namespace {

using Json = nlohmann::json;

constexpr int mostHeads = 4096;
constexpr int mostDepth = 8;
constexpr std::size_t mostValues = 1'000;

template <typename Value>
void put(Json& json, const char* key, const std::optional<Value>& value)
{
    if (value)
        json[key] = *value;
}

template <typename Value>
void putText(Json& json, const char* key, const std::optional<Value>& value)
{
    if (value)
        json[key] = std::string(toString(*value));
}

Json jsonOf(const ModelSettings& settings)
{
    Json json = Json::object();
    put(json, "num_heads", settings.heads);
    putText(json, "position_resampling", settings.resampling);
    putText(json, "activation", settings.activation);
    put(json, "norm_eps", settings.eps);
    putText(json, "preprocessing", settings.preprocess);
    put(json, "nheads", settings.decoderHeads);
    put(json, "pre_norm", settings.preNorm);
    return json;
}

} // namespace

std::string toString(const ModelSettings& settings)
{
    return settings.empty() ? std::string() : jsonOf(settings).dump();
}

ModelSettings parseModelSettings(std::string_view text, const std::string& subject)
{
    if (text.empty())
        return {};
    const StrictJson strict(subject);
    const Json json = strict.parsed(text, mostDepth, mostValues);
    if (!json.is_object())
        strict.fail("expected a JSON object, got another value");
    ModelSettings settings;
    const auto textAt = [&](const char* key) -> std::optional<std::string> {
        constexpr std::size_t mostBytes = 200;
        return json.contains(key) ? std::optional(strict.text(json[key], key, mostBytes)) : std::nullopt;
    };
    const auto numberAt = [&](const char* key) -> std::optional<int> {
        return json.contains(key) ? std::optional(strict.integer(json[key], key, 1, mostHeads)) : std::nullopt;
    };
    settings.heads = numberAt("num_heads");
    settings.decoderHeads = numberAt("nheads");
    if (const auto name = textAt("position_resampling"))
        settings.resampling = positionResampling(*name);
    if (const auto name = textAt("activation"))
        settings.activation = vitActivation(*name);
    if (const auto options = textAt("preprocessing"))
        settings.preprocess = parsePreprocess(*options, subject);
    if (json.contains("norm_eps"))
        settings.eps = strict.number(json["norm_eps"], "norm_eps");
    if (settings.eps && !(*settings.eps > 0 && *settings.eps < 1))
        strict.fail("expected a number between 0 and 1 as \"norm_eps\"");
    if (json.contains("pre_norm"))
        settings.preNorm = strict.boolean(json["pre_norm"], "pre_norm");
    return settings;
}

std::string describe(const ModelSettings& settings)
{
    const Json json = jsonOf(settings);
    std::string text;
    for (const auto& [key, value] : json.items())
        text += (text.empty() ? "" : ", ") + key + " " + (value.is_string() ? value.get<std::string>() : value.dump());
    return text;
}

} // namespace ocellus
