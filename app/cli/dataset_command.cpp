// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/dataset_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "app/cli/console.h"
#include "app/cli/dataset_report.h"
#include "app/cli/terminal_progress.h"
#include "core/base/error.h"
#include "core/data/class_matching.h"
#include "core/data/name_text.h"
#include "core/dataset/box_file.h"
#include "core/dataset/dataset_file.h"
#include "core/dataset/dataset_problems.h"
#include "core/dataset/dataset_split.h"
#include "core/io/json_text.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

bool isDatasetFile(const fs::path& path)
{
    return path.extension() == datasetExtension;
}

OpenedDataset open(const DatasetCommandOptions& options, const Progress& progress)
{
    const std::vector<fs::path> sources(options.sources.begin(), options.sources.end());
    if (std::ranges::none_of(sources, isDatasetFile))
        return openDataset(sources, options.columns, progress);
    if (sources.size() > 1)
        throw Error(ErrorCode::BadArgument, "dataset",
                    std::string("expected folders and tables, or one ") + datasetExtension + " alone, got several");
    OpenedDataset opened;
    opened.dataset = readDatasetFile(sources.front());
    return opened;
}

void requireSound(const DatasetCommandOptions& options)
{
    for (const std::string& kind : options.fix) {
        std::string known;
        for (int i = 0; i <= static_cast<int>(ProblemKind::NotInSplit); ++i)
            known += (i == 0 ? "" : ", ") + std::string(toString(static_cast<ProblemKind>(i)));
        if ((", " + known + ",").find(", " + kind + ",") == std::string::npos)
            throw Error(ErrorCode::BadArgument, "--fix", "expected one of " + known + ", got \"" + kind + "\"");
    }
    if (!options.out.empty() && !isDatasetFile(options.out))
        throw Error(ErrorCode::BadArgument, "--out",
                    std::string("expected a name that ends in ") + datasetExtension + ", got " + options.out);
    if (options.testShare && !options.valShare)
        throw Error(ErrorCode::BadArgument, "--test", "expected --split with it");
}

void undo(Dataset& dataset, int count)
{
    for (int i = 0; i < count; ++i)
        if (const auto step = undoStep(dataset))
            printError("undone: " + describe(*step));
}

/// "A=B". Either may be written as folders are; a new name is taken as it is.
void merge(Dataset& dataset, const std::string& text)
{
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos)
        throw Error(ErrorCode::BadArgument, "--merge", "expected OLD=NEW, got \"" + text + "\"");
    ClassTable table;
    for (const std::string& name : stateOf(dataset).classNames)
        table.entries.push_back({name, {}});
    const ClassFinder finder(table);
    const auto called = [&](const std::string& name, std::optional<std::string> except) {
        std::vector<int> meant = finder.meant(name);
        std::erase_if(
            meant, [&](int classIndex) { return table.entries[static_cast<std::size_t>(classIndex)].name == except; });
        if (meant.size() > 1)
            throw Error(ErrorCode::BadArgument, "--merge",
                        "expected a name that only one class has, got \"" + name + "\"",
                        "It may be " + listOfClasses(meant, table));
        return meant.empty() ? normalised(name) : table.entries[static_cast<std::size_t>(meant.front())].name;
    };
    const std::string from = called(text.substr(0, sign), {});
    addStep(dataset, MergeClasses{{from}, called(text.substr(sign + 1), from)});
}

/// The remedies of the problems that are there now.
void fix(Dataset& dataset, const std::vector<std::string>& kinds, const Examination& examination)
{
    for (const std::string& kind : kinds)
        for (const DatasetProblem& problem : problemsOf(dataset, stateOf(dataset), examination))
            if (toString(problem.kind) == kind && problem.remedy)
                addStep(dataset, *problem.remedy);
}

void takeBoxes(const DatasetCommandOptions& options, OpenedDataset& opened)
{
    if (options.boxes.empty())
        return;
    BoxFile file = readBoxFile(options.boxes);
    std::size_t unmatched = 0;
    addStep(opened.dataset, boxesFor(opened.dataset, file, unmatched));
    std::ranges::move(file.notes, std::back_inserter(opened.notes));
    if (unmatched > 0)
        opened.notes.push_back(fs::path(options.boxes).filename().string() + ": " + std::to_string(unmatched) +
                               " boxes are of no picture of the data set, or fit several");
}

void crop(const DatasetCommandOptions& options, OpenedDataset& opened)
{
    if (!options.crop)
        return;
    const DatasetState state = stateOf(opened.dataset);
    const auto boxed = std::ranges::count_if(
        state.members, [](const DatasetMember& member) { return member.takesPart() && member.box; });
    if (boxed == 0)
        throw Error(ErrorCode::BadArgument, "--crop", "expected boxes, got none",
                    "Give them with --boxes: COCO's JSON, or a CSV with file, x, y, width, height");
    addStep(opened.dataset, CropToBoxes{true, options.margin});
    const auto all = std::ranges::count_if(state.members, &DatasetMember::takesPart);
    if (boxed < all)
        opened.notes.push_back(std::to_string(all - boxed) + " pictures have no box and are seen whole");
}

void split(const DatasetCommandOptions& options, Dataset& dataset, const Examination& examination)
{
    if (!options.valShare)
        return;
    SplitRecipe recipe;
    recipe.valShare = *options.valShare;
    recipe.testShare = options.testShare.value_or(0);
    recipe.stratified = !options.notStratified;
    recipe.seed = options.seed;
    setGroup(recipe, options.group, "--group");
    addStep(dataset, drawSplit(dataset, recipe, examination.nearDuplicates));
}

} // namespace

CLI::App* addDatasetCommand(CLI::App& app, DatasetCommandOptions& options)
{
    CLI::App* command = app.add_subcommand("dataset", "Look at pictures of one's own as a data set, and write it down");
    command
        ->add_option("sources", options.sources,
                     "Folders (a folder a class, train/val/test, CUB's, Darwin Core archives), tables, or a data set")
        ->required();
    command->add_option("--picture-column", options.columns.picture, "Of a table: path, file name or URL");
    command->add_option("--class-column", options.columns.className, "Of a table: the species");
    command->add_option("--split-column", options.columns.split, "Of a table: train, val or test");
    command->add_option("--group-column", options.columns.groups, "Of a table: kept, to group by");
    command->add_option("--undo", options.undo, "Take so many of a data set's last steps back first")
        ->check(CLI::Range(0, 10'000));
    command->add_option("--merge", options.merge, "OLD=NEW: rename a class, or merge it with one of that name");
    command
        ->add_option("--fix", options.fix, "Do what the ways out of these problems say: unreadable,tiny,across_split")
        ->delimiter(',');
    command->add_option("--split", options.valShare, "Draw this share for validation")->check(CLI::Range(0.0, 0.9));
    command->add_option("--test", options.testShare, "And this share for a test")->check(CLI::Range(0.0, 0.9));
    command->add_option("--group", options.group, "What stays together: stem (of specimens), folder, none, column:NAME")
        ->capture_default_str();
    command->add_flag("--not-stratified", options.notStratified, "The share of all pictures, not of each class");
    command->add_option("--seed", options.seed, "Of the split: the same on every machine")->capture_default_str();
    command->add_option("--boxes", options.boxes, "Where the animals are: COCO's JSON, or CSV (CUB's are read anyway)");
    command->add_flag("--crop", options.crop, "Show models the boxes alone, wherever the data set is used");
    command->add_option("--margin", options.margin, "With --crop: of the box's longer side, on each side")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_flag("--json", options.json, "One JSON object on stdout");
    command->add_option("--out", options.out, std::string("Write the data set: NAME") + datasetExtension);
    command->footer("Nothing is moved or copied. train, evaluate, explain and edit-experiment take the file with\n"
                    "--dataset. Every picture is opened and compared with every other; copies that were resized,\n"
                    "recompressed, cropped a little or mirrored stay together when a split is drawn.");
    return command;
}

int runDataset(const DatasetCommandOptions& options, const std::stop_token& stop)
{
    requireSound(options);
    OpenedDataset opened = open(options, Progress(stop));
    undo(opened.dataset, options.undo);
    TerminalProgress terminal(1);
    terminal.begin(0, std::to_string(opened.dataset.pictures.size()) + " pictures");
    const Examination examination = examine(opened.dataset, terminal.progress(stop));
    terminal.clear();
    takeBoxes(options, opened);
    for (const std::string& text : options.merge)
        merge(opened.dataset, text);
    fix(opened.dataset, options.fix, examination);
    crop(options, opened);
    split(options, opened.dataset, examination);

    const DatasetState state = stateOf(opened.dataset);
    const std::vector<DatasetProblem> problems = problemsOf(opened.dataset, state, examination);
    const DatasetReport report{opened, state, problems};
    for (const std::string& note : opened.notes)
        printError(note);
    printSkipped(opened.skipped);
    if (!options.out.empty())
        writeDatasetFile(options.out, opened.dataset, OCELLUS_VERSION);
    std::cout << (options.json ? jsonText(asJson(report)) : asText(report)) << std::flush;
    return ExitSuccess;
}

} // namespace ocellus
