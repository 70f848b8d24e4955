// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/engine_options.h"

#include "core/base/error.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

CLI::Option* addImageSizeOption(CLI::App& command, std::string& text)
{
    const auto isSize = [](const std::string& given) {
        try {
            parsePreprocess(given);
            return std::string();
        } catch (const Error& error) {
            return error.detail();
        }
    };
    return command
        .add_option("--image-size", text,
                    "The model's input: SHORT:LONG sides, or fixed:SIDE for a square; without it, the checkpoint's own")
        ->type_name("SIZE")
        ->check(CLI::Validator(isSize, ""));
}

CLI::Option* addStateOption(CLI::App& command, std::string& key)
{
    return command
        .add_option(
            "--state", key,
            "Which state dict of the checkpoint is the model, where it holds several: its key, as inspect names "
            "it; without it, the one that fits best")
        ->type_name("KEY");
}

void addEngineOptions(CLI::App& command, EngineOptions& options)
{
    command.add_option("--device", options.device, "auto, cpu, cuda or cuda:N")->type_name("DEVICE");
    command.add_option("--threads", options.threads, "Processor threads; without it, all cores")
        ->type_name("N")
        ->check(CLI::Range(1, 1024));
    addStateOption(command, options.stateDict);
}

} // namespace ocellus
