// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/engine_options.h"

namespace ocellus {

void addEngineOptions(CLI::App& command, EngineOptions& options)
{
    command.add_option("--device", options.device, "auto, cpu, cuda or cuda:N")->type_name("DEVICE");
    command.add_option("--threads", options.threads, "Processor threads; without it, all cores")
        ->type_name("N")
        ->check(CLI::Range(1, 1024));
}

} // namespace ocellus
