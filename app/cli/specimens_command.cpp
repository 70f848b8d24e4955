// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/specimens_command.h"

#include "app/cli/console.h"
#include "app/cli/terminal_progress.h"

namespace ocellus {

CLI::App* addSpecimensCommand(CLI::App& app, DatasetOptions& options)
{
    CLI::App* command =
        app.add_subcommand("specimens", "Draw invented butterflies whose distinguishing marks are known");
    command->add_option("--out", options.out, "Folder for the data set; new or empty")->required();
    command->add_option("--species", options.species, "How many, three to a mimicry ring")->capture_default_str();
    command->add_option("--train", options.train, "Pictures of each species to train on")->capture_default_str();
    command->add_option("--val", options.val, "Pictures of each species to validate on")->capture_default_str();
    command->add_flag("--close-ups", options.closeUps,
                      "Cut squares about the marks out of the pictures, for a backbone's first lessons");
    command
        ->add_option("--redrawn", options.redrawn,
                     "How many of each species' validation pictures to draw again with the ring partner's marks")
        ->capture_default_str();
    command->add_option("--seed", options.seed, "The same seed gives the same pictures")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("--size", options.side, "Side of the pictures in pixels")->capture_default_str();
    command->add_option("--threads", options.threads, "Pictures drawn at a time")->capture_default_str();
    command->footer(
        "<out>/train and <out>/val hold one folder a species. <out>/masks shows the distinguishing marks of\n"
        "each picture, <out>/parameters all that was drawn; <out>/rings.csv and <out>/species.json say which\n"
        "species mimic each other and by which marks they differ. <out>/close-ups is a data set of its own.");
    return command;
}

int runSpecimens(const DatasetOptions& options, const std::stop_token& stop)
{
    const DatasetWriter writer(options);
    TerminalProgress terminal(writer.pictures());
    const Progress progress = terminal.progress(stop);
    writer.write(stop, [&](std::size_t done, const std::string& name) {
        terminal.begin(done - 1, name);
        progress.at(Stage::Write, static_cast<double>(done) / static_cast<double>(writer.pictures()));
    });
    return ExitSuccess;
}

} // namespace ocellus
