// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <vector>

#include "app/cli/class_choice.h"
#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/output_plan.h"
#include "app/cli/terminal_progress.h"
#include "core/base/error.h"
#include "core/base/read_ahead.h"
#include "core/evaluation/picture_asking.h"
#include "core/evaluation/pictures_at_a_time.h"
#include "core/io/atomic_file.h"
#include "core/projection/patch_search.h"
#include "core/projection/projection_cache.h"
#include "core/projection/projection_table.h"
#include "core/projection/published_form.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t picturesAhead = 4; ///< done and waiting to be told of

fs::path cacheOf(const ProjectOptions& options)
{
    if (options.cache == "none")
        return {};
    return options.cache.empty() ? projectionCache() : fs::path(options.cache);
}

/// False where a stop came.
bool searchAll(PatchSearch& search, Engine& engine, std::size_t atATime, const std::stop_token& stop)
{
    TerminalProgress terminal(search.pictures());
    ReadAhead<bool> done(
        search.pictures(), picturesAhead,
        [&](std::size_t index) {
            search.search(engine, index, Progress(stop));
            return true;
        },
        atATime);
    for (std::size_t index = 0; index < search.pictures(); ++index) {
        terminal.begin(index, search.picture(index).file.relative.generic_string());
        try {
            done.next();
        } catch (const std::exception&) {
            terminal.clear();
            if (!stop.stop_requested())
                throw;
            return false;
        }
    }
    terminal.clear();
    return true;
}

void tell(const PrototypeProjection& projection, const PatchSearch& search, const ClassTable& classes)
{
    for (const std::string& picture : projection.unreadable)
        printError(picture + " (left out)");
    if (!projection.unreadable.empty())
        printError(std::to_string(projection.unreadable.size()) + " of " + std::to_string(search.pictures()) +
                   " pictures cannot be read and were left out");
    if (!projection.without.empty())
        printError(std::to_string(projection.without.size()) +
                   " prototypes have no patch, as no picture of their classes was searched: " +
                   std::to_string(projection.without.front()) + (projection.without.size() > 1 ? " and others" : ""));
    std::map<int, int> pictures;
    for (std::size_t i = 0; i < search.pictures(); ++i)
        ++pictures[search.picture(i).classIndex];
    std::vector<std::string> empty;
    for (int c = 0; c < classes.count(); ++c)
        if (!pictures.contains(c))
            empty.push_back(classes.entries[static_cast<std::size_t>(c)].name);
    if (!empty.empty())
        printError(std::to_string(empty.size()) + " classes without a picture: " + oneLine(empty.front()) +
                   (empty.size() > 1 ? " and others" : ""));
    const std::string searched = std::to_string(projection.pictures) + " pictures searched, " +
                                 std::to_string(search.computed()) + " of them computed anew; median similarity " +
                                 numberText(static_cast<float>(projection.medianSimilarity())) + " of at most " +
                                 numberText(static_cast<float>(projection.largestSimilarity));
    const std::size_t all = projection.found.size(), own = projection.prototypesThemselves();
    printError(searched + "; " +
               (own == all ? "each prototype that has one is its patch"
                           : std::to_string(all - own) + " of " + std::to_string(all) +
                                 " prototypes are no patch of these pictures: theirs are the nearest, not what the "
                                 "model holds"));
}

void write(const fs::path& out, const PrototypeProjection& projection, const ModelDescription& model,
           const std::string& table, const std::stop_token& stop)
{
    createFolder(out);
    writeFileAtomically(out / "prototypes.csv", table);
    const fs::path published = writePublishedForm(out, projection, model, Progress(stop));
    if (published.empty()) {
        writeProjection(out / nearestPatchesFile, projection);
        printError("no published form is known for a model of the family " + model.offer.family + ": the table and " +
                   nearestPatchesFile + " are written");
    } else {
        printError("patches written to " + published.string());
    }
}

} // namespace

CLI::App* addProjectCommand(CLI::App& app, ProjectOptions& options)
{
    CLI::App* command =
        app.add_subcommand("project", "Find each prototype's nearest patch among training pictures (\"push\")");
    command->add_option("--checkpoint", options.checkpoint, "A ProtoPNet, ProtoTree or ProtoPFormer")->required();
    command
        ->add_option("--data", options.data,
                     "Training pictures in a folder a class, or a folder with such a folder named train")
        ->required();
    command->add_option("--classes", options.classTable, "Names of the classes: text, JSON, CSV or an image folder");
    addClassOrderOption(*command, options.classOrder);
    command->add_flag("--strict", options.strict,
                      "End at a picture that cannot be read, and fail where a prototype has no patch");
    command->add_option("--cache", options.cache,
                        "Folder for what is found in each picture, or none; without it, the user's cache folder");
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    command->add_option("--out", options.out,
                        "A folder for the table and the pictures of the patches, such as the model's own");
    command->footer(
        "Prints a line a prototype: the picture of its class whose patch is nearest, how alike, and where. Of a\n"
        "ProtoTree's node, pictures of the classes that leaves below it say most are searched, as its program does.\n"
        "The model stays as it is: a prototype that was not pushed is no patch of any picture, and is_prototype is 0.\n"
        "What is known of a picture by its content is not computed again; Ctrl-C keeps what is done.\n"
        "With --out, ProtoPNet's img/epoch-N and ProtoTree's upsampling_results are written as their programs do,\n"
        "where Ocellus finds them beside the model.");
    return command;
}

int runProject(const ProjectOptions& options, const std::stop_token& stop)
{
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    const std::optional<ClassTable> given = givenClasses(options.classTable, order);
    if (!options.out.empty() && liesWithin(options.out, options.data))
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder outside --data, got one in it",
                    "The patches would be taken for training pictures in the next run");
    Engine engine(askingOptions(options.engine));
    const ModelDescription& model =
        engine.open(options.checkpoint, Progress(stop),
                    [&](const ModelDescription& opened) { requirePrototypes(opened, options.checkpoint); });
    fs::path folder = options.data;
    LabelledData data = trainingPictures(folder, given, model, order, stop);
    printError(description(data.classes));
    printSkipped(data.listing.skipped);
    if (!options.out.empty())
        publishedFolder(options.out, model); // which may be taken
    PatchSearch search(model, folder, std::move(data), {cacheOf(options), options.strict});
    const std::size_t atATime = picturesAtATime(options.engine, engine, searchPreprocess(model));
    bool isWhole = false;
    try {
        isWhole = searchAll(search, engine, atATime, stop);
    } catch (...) {
        search.keep(); // the next run goes on from there
        throw;
    }
    if (!isWhole) {
        search.keep();
        printError("stopped: what was found in " + std::to_string(search.computed()) +
                   (cacheOf(options).empty() || !search.whyNotKept().empty()
                        ? " pictures is lost, as nothing is kept"
                        : " pictures is kept, and another run goes on from there"));
        return ExitFailure;
    }
    const PrototypeProjection projection = search.result();
    if (const std::string problem = search.whyNotKept(); !problem.empty())
        printError("what was found is not kept: " + problem);
    const ClassTable& classes = search.data().classes.table;
    const std::string table = projectionTable(projection, classes);
    std::cout << table << std::flush;
    tell(projection, search, classes);
    if (!options.out.empty())
        write(options.out, projection, model, table, stop);
    return options.strict && !projection.without.empty() ? ExitFailure : ExitSuccess;
}

} // namespace ocellus
