// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/edit_experiment_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>

#include "app/cli/class_choice.h"
#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/experiment_run.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/offscreen_gui.h"
#include "app/cli/output_plan.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/labelled_pictures.h"
#include "core/experiment/experiment_report.h"
#include "core/io/atomic_file.h"
#include "core/io/json_text.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr int indentation = 1;

void requireConsistent(const EditExperimentOptions& options)
{
    const int sources =
        !options.images.empty() + !options.imageFolder.empty() + !options.data.empty() + !options.dataset.file.empty();
    if (sources != 1)
        throw Error(ErrorCode::BadArgument, "edit-experiment",
                    std::string("expected one of --image, --images, --data and --dataset, got ") +
                        (sources == 0 ? "none" : "several"));
    if (options.out.empty())
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder, got an empty name");
    const std::string& folder = options.data.empty() ? options.imageFolder : options.data;
    if (!folder.empty() && liesWithin(options.out, folder))
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder outside that of the pictures, got one in it",
                    "The sheets would be taken for pictures in the next run");
}

std::vector<ExperimentPicture> listPictures(const EditExperimentOptions& options,
                                            const std::optional<NamedDataset>& set, const ClassTable& table,
                                            SkippedFiles& skipped, const std::stop_token& stop)
{
    std::vector<ExperimentPicture> pictures;
    if (set) {
        LabelledListing listing = listLabelledPictures(*set, chosenPart(options.dataset, *set), table);
        for (LabelledPicture& picture : listing.pictures) {
            const std::string folder = picture.file.path.parent_path().parent_path().filename().string();
            pictures.push_back({std::move(picture.file), folder, picture.classIndex, {}, picture.crop});
        }
        skipped.add(listing.skipped);
    } else if (!options.data.empty()) {
        const std::string folder = fs::canonical(options.data).filename().string();
        LabelledListing listing = listLabelledPictures(options.data, table, stop);
        for (LabelledPicture& picture : listing.pictures)
            pictures.push_back({std::move(picture.file), folder, picture.classIndex});
        skipped.add(listing.skipped);
    } else if (!options.imageFolder.empty()) {
        ImageListing listing = picturesToExplain(options.imageFolder, options.out, stop);
        const std::string folder = fs::canonical(options.imageFolder).filename().string();
        for (ImageFile& file : listing.images)
            pictures.push_back({std::move(file), folder, std::nullopt});
        skipped.add(listing.skipped);
    } else {
        for (const std::string& path : options.images)
            pictures.push_back({singlePicture(path), fs::absolute(path).parent_path().filename().string(), {}});
    }
    return pictures;
}

/// So many of them, in their order.
void drawPictures(std::vector<ExperimentPicture>& pictures, int count, std::uint64_t seed)
{
    RandomStream random(seed);
    auto left = static_cast<int>(pictures.size());
    std::erase_if(pictures, [&](const ExperimentPicture&) {
        const bool taken = random.below(left--) < count;
        count -= taken;
        return !taken;
    });
}

EditExperiment::Settings settingsOf(const EditExperimentOptions& options, const EditRecipe& recipe,
                                    const ModelDescription& model)
{
    EditExperiment::Settings settings;
    settings.recipe = recipe;
    settings.preprocess = options.imageSize.empty() ? model.preprocess.value_or(PreprocessOptions())
                                                    : parsePreprocess(options.imageSize, "--image-size");
    settings.decode = decodeOptions(options.decode);
    settings.controls = options.controls;
    settings.onAnimal = options.on == "animal";
    settings.seed = options.seed;
    return settings;
}

void takeClasses(ExperimentReport& report, const EditExperimentOptions& options, const std::optional<ClassTable>& given,
                 std::optional<FolderOrder> order, const std::optional<NamedDataset>& set)
{
    if (options.data.empty() && !set) {
        report.table = classesOf(given, report.model, order);
        return;
    }
    DataClasses classes = set ? classesOfDataset(given, report.model, *set, order)
                              : classesOfData(given, report.model, options.data, order);
    report.table = std::move(classes.table);
    report.foldersMatchedBy = std::move(classes.matchedBy);
}

std::string sourceOf(const EditExperimentOptions& options, const std::optional<NamedDataset>& set)
{
    if (set)
        return options.dataset.file + (set->state.crop.on ? ", cropped to " + set->cropText() : "");
    if (!options.data.empty())
        return options.data;
    return options.imageFolder.empty() ? std::to_string(options.images.size()) + " given" : options.imageFolder;
}

QString madeBy(const ExperimentReport& report)
{
    constexpr std::size_t shownHashDigits = 12;
    return QStringLiteral("%1, SHA-256 %2 · %3 · Ocellus " OCELLUS_VERSION)
        .arg(QString::fromStdString(report.model.path.filename().string()),
             QString::fromStdString(report.model.sha256.substr(0, shownHashDigits)),
             QString::fromStdString(report.source));
}

/// Points and masks are of whole pictures.
void requireWholePictures(const EditRecipe& recipe, const std::optional<NamedDataset>& set)
{
    if (set && set->state.crop.on && !std::holds_alternative<AttentionRegion>(recipe.region))
        throw Error(
            ErrorCode::BadArgument, "--dataset",
            "expected whole pictures where the region is one of points or masks, got a data set that crops them",
            "Make one without --crop, or take a region by attention");
}

/// All that rows depend on beside the picture.
std::string fingerprint(const EditExperiment& experiment, const ModelDescription& model)
{
    return OCELLUS_VERSION + ("\n" + model.sha256) + '\n' + model.stateDict.key + '\n' + settingsText(model) + '\n' +
           experiment.fingerprint();
}

void write(const fs::path& out, const ExperimentReport& report)
{
    writeFileAtomically(out / "recipe.json", jsonText(nlohmann::ordered_json(jsonOf(report.recipe)), indentation));
    writeFileAtomically(out / "summary.json", jsonText(asJson(report), indentation));
    writeFileAtomically(out / "summary.md", asMarkdown(report));
}

} // namespace

CLI::App* addEditExperimentCommand(CLI::App& app, EditExperimentOptions& options)
{
    CLI::App* command =
        app.add_subcommand("edit-experiment", "Do one edit to every picture and measure what the model makes of it");
    command->add_option("--checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    command->add_option("--image", options.images, "Pictures");
    command->add_option("--images", options.imageFolder, "A folder of pictures, with sub-folders");
    command->add_option("--data", options.data, "A folder with a sub-folder of pictures for each class");
    addDatasetOptions(*command, options.dataset);
    command->add_option("--classes", options.classTable, "Names of the classes: text, JSON, CSV or an image folder");
    addClassOrderOption(*command, options.classOrder);
    addImageSizeOption(*command, options.imageSize);
    addDecodeFlags(*command, options.decode);
    addRecipeOptions(*command, options.recipe);
    command->add_option("--controls", options.controls, "The same edit at so many random places a picture")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    command->add_option("--on", options.on, "Where controls lie: on the animal (estimated by GrabCut) or anywhere")
        ->check(CLI::IsMember({"animal", "anywhere"}))
        ->capture_default_str();
    command->add_option("--seed", options.seed, "Of controls, bootstrap and --pictures")->capture_default_str();
    command->add_option("--pictures", options.pictures, "So many of the pictures, drawn at random")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--sheets", options.sheets, "Contact sheets of 24 pictures, at most")
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    command->add_flag("--json", options.json, "The summary as one JSON object on stdout");
    command->add_flag(
        "--resume", options.resume,
        "Leave out pictures that an earlier run into --out has finished, where neither they, their masks or points, "
        "the model nor an option has changed");
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    command->add_option("--out", options.out, "Folder for the results; made where it is not there")->required();
    command->footer(
        "Writes pictures.csv, summary.json, summary.md, recipe.json (which --recipe takes) and sheet-N.png.\n"
        "Effects are of the class predicted before the edit. p = (1 + #{|control| >= |edit|}) / (n + 1).\n"
        "A stopped run keeps the pictures that were finished: go on with --resume, which reads ledger.jsonl. What it\n"
        "writes is the same as without the stop; pictures that failed are tried again.");
    return command;
}

int runEditExperiment(const EditExperimentOptions& options, const std::stop_token& stop)
{
    requireConsistent(options);
    EditRecipe recipe = recipeOf(options.recipe);
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    const std::optional<ClassTable> given = givenClasses(options.classTable, order);
    std::optional<NamedDataset> set;
    if (!options.dataset.file.empty())
        set = chosenDataset(options.dataset);
    requireWholePictures(recipe, set);
    EngineOptions engineOptions = options.engine;
    engineOptions.encodingCacheBytes = engineOptions.decodingCacheBytes = 0; // no picture is seen twice
    engineOptions.followEdits = true;
    Engine engine(engineOptions);
    ExperimentReport report;
    report.model = engine.open(options.checkpoint, Progress(stop));
    takeClasses(report, options, given, order, set);
    takeNamedClass(recipe, options.recipe, report.table);
    report.source = sourceOf(options, set);
    report.recipe = recipe;
    report.controls = options.controls;
    report.onAnimal = options.on == "animal";
    report.seed = options.seed;
    EditExperiment::Settings settings = settingsOf(options, recipe, report.model);
    report.preprocess = settings.preprocess;
    report.decode = settings.decode;
    const EditExperiment experiment(std::move(settings));
    report.notes = experiment.notes();
    std::vector<ExperimentPicture> pictures = listPictures(options, set, report.table, report.skippedFiles, stop);
    for (const ExperimentPicture& mask : removeMasks(pictures, recipe))
        report.skippedFiles.add("mask", mask.file.relative.generic_string());
    printSkipped(report.skippedFiles);
    if (options.pictures)
        drawPictures(pictures, *options.pictures, options.seed);
    report.planned = pictures.size();
    createFolder(options.out);
    removeSheets(options.out);

    const OffscreenGui gui;
    ExperimentRun run(engine, experiment,
                      {report.table, options.sheets, QString::fromStdString(describe(recipe)), madeBy(report),
                       options.out, fingerprint(experiment, report.model), options.resume});
    const std::vector<ExperimentRow> rows = run.runAll(pictures, stop);
    report.summary = summaryOf(rows, options.seed);
    write(options.out, report);
    std::cout << (options.json ? jsonText(asJson(report)) : asMarkdown(report)) << std::flush;
    if (options.json)
        printRemarks(report.summary.remarks);
    if (run.kept() > 0)
        printError(std::to_string(run.kept()) + " pictures were complete and unchanged");
    if (!report.isWhole())
        printError("stopped after " + std::to_string(rows.size()) + " of " + std::to_string(report.planned) +
                   " pictures: go on with --resume");
    else if (report.summary.edited == 0)
        printError("no picture was edited: see " + (fs::path(options.out) / "pictures.csv").string());
    const bool whole = report.isWhole() && report.summary.failed == 0 && report.summary.edited > 0;
    return whole ? ExitSuccess : ExitFailure;
}

} // namespace ocellus
