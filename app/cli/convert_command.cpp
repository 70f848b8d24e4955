// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/convert_command.h"

#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "core/base/error.h"
#include "core/io/checkpoint.h"
#include "core/io/safetensors_writer.h"

namespace ocellus {
CLI::App* addConvertCommand(CLI::App& app, ConvertOptions& options)
{
    CLI::App* command =
        app.add_subcommand("convert", "Write a checkpoint's weights as .safetensors, without optimizer and pickle");
    command->add_option("checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    command->add_option("--out", options.out, "The file to write: NAME.safetensors")->required();
    addStateOption(*command, options.state);
    command->add_flag("--half", options.half, "Half the size: weights as float16");
    return command;
}

int runConvert(const ConvertOptions& options, const std::stop_token& stop)
{
    if (options.out.extension() != ".safetensors")
        throw Error(ErrorCode::BadArgument, "--out",
                    "expected a name that ends in .safetensors, got " + options.out.string());
    if (std::filesystem::exists(options.out))
        throw Error(ErrorCode::BadArgument, "--out",
                    "expected a file that is not there yet, got " + options.out.string());
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(options.checkpoint, Progress(stop), options.state);
    writeSafetensors(options.out, *checkpoint, options.half ? DType::Float16 : DType::Float32,
                     asMetadata(checkpoint->args()));
    std::cout << oneLine(options.out.string()) << '\n';
    return ExitSuccess;
}

} // namespace ocellus
