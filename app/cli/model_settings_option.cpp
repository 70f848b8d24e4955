// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_settings_option.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/engine/engine.h"

namespace ocellus {

ModelSettings modelSettingsOf(const std::vector<std::string>& words)
{
    const std::string keys = "num_heads, position_resampling, activation, norm_eps, preprocessing, nheads or pre_norm";
    nlohmann::json all = nlohmann::json::object();
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos)
            throw Error(ErrorCode::BadArgument, "--set", "expected KEY=VALUE, got " + word);
        const std::string key = word.substr(0, equals);
        const std::string text = word.substr(equals + 1);
        const nlohmann::json parsed = nlohmann::json::parse(text, nullptr, false);
        const bool isPlain = parsed.is_number() || parsed.is_boolean();
        const nlohmann::json one = {{key, isPlain ? parsed : nlohmann::json(text)}};
        if (parseModelSettings(one.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), "--set").empty())
            throw Error(ErrorCode::BadArgument, "--set", "expected " + keys + ", got " + key);
        all.update(one);
    }
    return all.empty() ? ModelSettings() : parseModelSettings(all.dump(), "--set");
}

CLI::Option* addModelSettingsOption(CLI::App& command, ModelSettings& settings, const std::string& name)
{
    const auto take = [&settings, name](const std::vector<std::string>& words) {
        try {
            settings = modelSettingsOf(words);
        } catch (const Error& error) {
            throw CLI::ValidationError(name, error.detail());
        }
    };
    return command
        .add_option_function<std::vector<std::string>>(
            name, take,
            "What the model's file does not tell, over what it and the files beside it say: num_heads, "
            "position_resampling (timm, dino, plain, bilinear), activation (gelu, quick_gelu, swiglu), norm_eps, "
            "preprocessing, nheads, pre_norm; may be repeated")
        ->type_name("KEY=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args(false);
}

} // namespace ocellus
