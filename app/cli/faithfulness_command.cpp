// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/faithfulness_command.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/cli/class_choice.h"
#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/faithfulness_run.h"
#include "app/cli/faithfulness_summary.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/offscreen_gui.h"
#include "app/cli/output_plan.h"
#include "app/cli/shard.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/split_file.h"
#include "core/io/atomic_file.h"
#include "core/io/json_text.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr int indentation = 2;

FaithfulnessRecipe recipeOf(const FaithfulnessOptions& options)
{
    FaithfulnessRecipe recipe;
    recipe.unit = options.unit == "pixels" ? FaithfulnessRecipe::Unit::Pixels : FaithfulnessRecipe::Unit::Cells;
    recipe.perStep = static_cast<std::size_t>(options.step);
    recipe.deletion = substrateOf(options.substrate);
    recipe.insertion = substrateOf(options.insertionSubstrate);
    recipe.randomOrders = options.randomOrders;
    recipe.seed = options.seed;
    return recipe;
}

PreprocessOptions preprocessOf(const std::string& text, const std::string& option, const ModelDescription& model)
{
    return text.empty() ? model.preprocess.value_or(PreprocessOptions()) : parsePreprocess(text, option);
}

Json modelJson(const ModelDescription& model, const PreprocessOptions& preprocess)
{
    Json json = {{"file", model.path.filename().string()}, {"sha256", model.sha256}, {"size", toString(preprocess)}};
    // Where nothing is assumed or given, folders of earlier versions go on.
    if (const std::string assumptions = assumptionsText(model); !assumptions.empty())
        json["model_settings"] = assumptions;
    return json;
}

/// All that the numbers depend on.
Json settingsJson(const FaithfulnessRun::Settings& settings, const SourceChoice& sources, const ModelDescription& model,
                  const ModelDescription& judge)
{
    Json json = {
        {"model", modelJson(model, settings.preprocess)},
        {"judge", modelJson(judge, settings.judgePreprocess)},
        {"unit", settings.recipe.unit == FaithfulnessRecipe::Unit::Cells ? "cells" : "pixels"},
        {"step", settings.recipe.perStep},
        {"substrate",
         {{"deletion", toString(settings.recipe.deletion)}, {"insertion", toString(settings.recipe.insertion)}}},
        {"random_orders", settings.recipe.randomOrders},
        {"seed", settings.recipe.seed},
        {"wrong_too", settings.wrongToo}};
    for (const SourceChoice::Chosen& chosen : sources.sources())
        json["sources"].push_back({{"source", chosen.traits.id}, {"settings", chosen.settings.summary()}});
    return json;
}

/// Writes them where there are none yet; numbers of other settings must not be taken for these.
void claimFolder(const fs::path& out, const Json& settings)
{
    const fs::path path = out / "settings.json";
    const std::string text = jsonText(settings, indentation);
    if (!fs::exists(path)) {
        writeFileAtomically(path, text);
        return;
    }
    std::ifstream file(path, std::ios::binary);
    if (std::string{std::istreambuf_iterator<char>(file), {}} != text)
        throw Error(ErrorCode::BadArgument, "--out", "expected the settings of the run that is in it, got others",
                    "Choose another folder, or the options that settings.json tells");
}

std::vector<LabelledPicture> picturesOf(const FaithfulnessOptions& options, const ClassTable& table, const Shard& shard,
                                        const std::stop_token& stop)
{
    LabelledListing listing = listLabelledPictures(options.data, table, stop);
    if (!options.split.empty())
        keepValidation(listing, options.split, options.data);
    printSkipped(listing.skipped);
    // In an order drawn once, so that a limit, or a run that was stopped, is a fair sample and not the first classes.
    RandomStream stream({options.seed});
    for (std::size_t i = listing.pictures.size(); i > 1; --i)
        std::swap(listing.pictures[i - 1],
                  listing.pictures[static_cast<std::size_t>(stream.below(static_cast<int>(i)))]);
    std::vector<LabelledPicture> share;
    for (std::size_t i = static_cast<std::size_t>(shard.index - 1); i < listing.pictures.size();
         i += static_cast<std::size_t>(shard.count))
        share.push_back(listing.pictures[i]);
    return share;
}

std::string tableName(const FaithfulnessOptions& options, const Shard& shard)
{
    return options.shard.empty()
               ? "pictures.csv"
               : "pictures." + std::to_string(shard.index) + "-of-" + std::to_string(shard.count) + ".csv";
}

/// What shards of the same settings have done.
void takeShards(FaithfulnessTable& table, const fs::path& out)
{
    for (const auto& entry : fs::directory_iterator(out)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("pictures.") && name.ends_with(".csv") && name.find("-of-") != std::string::npos)
            table.merge(entry.path());
    }
}

} // namespace

CLI::App* addFaithfulnessCommand(CLI::App& app, FaithfulnessOptions& options)
{
    CLI::App* command = app.add_subcommand(
        "faithfulness", "Insertion and deletion of maps in pictures of known classes, beside orders that know nothing");
    command->add_option("--checkpoint", options.checkpoint, "The model whose maps they are")->required();
    command->add_option("--judge", options.judge, "The classifier that scores; without it, the model itself");
    command->add_option("--data", options.data, "A folder with a sub-folder of pictures for each class")->required();
    CLI::Option* const source = addSourceOption(*command, options.sources);
    source->description(source->get_description() + "; without it mean and gradcam, as far as the model has them");
    command->add_option("--unit", options.unit, "What is ranked and exchanged")
        ->check(CLI::IsMember({"cells", "pixels"}))
        ->capture_default_str();
    command->add_option("--step", options.step, "Cells or pixels at a time")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    const CLI::IsMember substrates({"zero", "mean", "blur", "inpainting"});
    command->add_option("--substrate", options.substrate, "What deletion puts in their place")
        ->check(substrates)
        ->capture_default_str();
    command->add_option("--insertion-substrate", options.insertionSubstrate, "What insertion starts from")
        ->check(substrates)
        ->capture_default_str();
    command->add_option("--random", options.randomOrders, "Random orders a picture")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    command->add_option("--seed", options.seed, "Of the random orders and the intervals")->capture_default_str();
    command->add_option("--limit", options.limit, "Pictures that are measured at most")
        ->check(CLI::Range(1, 10'000'000));
    command->add_flag("--wrong-too", options.wrongToo, "Also pictures that the model or the judge names wrongly");
    command->add_option("--shard", options.shard, "I/N: every N-th picture from the I-th, for a job of several");
    command->add_option("--classes", options.classTable, "Names of the classes: text, JSON, CSV or an image folder");
    addClassOrderOption(*command, options.classOrder);
    command->add_option("--split", options.split,
                        "The split.csv of `train --val-share`: takes the pictures that it gives to val alone");
    addImageSizeOption(*command, options.imageSize);
    command->add_option("--judge-image-size", options.judgeImageSize, "The same for the judge");
    addDecodeFlags(*command, options.decode);
    command->add_flag("--json", options.json, "The summary as one JSON object on stdout");
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    addModelSettingsOption(*command, options.judgeSettings, "--judge-set");
    command->add_option("--out", options.out, "Folder for the results; made where it is not there")->required();
    command->footer(
        "Writes pictures.csv as it goes, and goes on from there when it is started again; with --shard I/N\n"
        "it is pictures.I-of-N.csv, which a run without --shard takes in. summary.json has means with\n"
        "bootstrap intervals and paired differences, report.html the same to be read, settings.json what all\n"
        "of it depends on.");
    return command;
}

int runFaithfulness(const FaithfulnessOptions& options, const std::stop_token& stop)
{
    if (options.out.empty() || liesWithin(options.out, options.data))
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder outside --data, got \"" + options.out + "\"");
    SourceChoice sources(options.sources);
    const Shard shard = options.shard.empty() ? Shard() : parseShard(options.shard);
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    const std::optional<ClassTable> given = givenClasses(options.classTable, order);

    Engine engine(options.engine);
    const ModelDescription& model =
        engine.open(options.checkpoint, Progress(stop), [&](const ModelDescription& opened) {
            if (options.sources.empty())
                sources = SourceChoice::ofThoseThereAre({"mean", "gradcam"}, opened);
            sources.require(opened);
        });
    EngineOptions judgeOptions = options.engine;
    if (!options.judge.empty()) {
        judgeOptions.stateDict.clear();
        judgeOptions.model = options.judgeSettings;
    }
    Engine judge(judgeOptions);
    const ModelDescription& judgeModel =
        judge.open(options.judge.empty() ? options.checkpoint : options.judge, Progress(stop));
    if (judgeModel.offer.classes != model.offer.classes)
        throw Error(ErrorCode::Mismatch, "--judge",
                    "expected a classifier of " + std::to_string(model.offer.classes) + " classes, got one of " +
                        std::to_string(judgeModel.offer.classes));
    FaithfulnessRun::Settings settings;
    settings.recipe = recipeOf(options);
    settings.preprocess = preprocessOf(options.imageSize, "--image-size", model);
    settings.judgePreprocess = preprocessOf(options.judgeImageSize, "--judge-image-size", judgeModel);
    settings.decode = decodeOptions(options.decode);
    settings.wrongToo = options.wrongToo;
    settings.limit = options.limit;
    const DataClasses classes = classesOfData(given, model, options.data, order);
    const std::vector<LabelledPicture> pictures = picturesOf(options, classes.table, shard, stop);

    createFolder(options.out);
    const fs::path out = options.out;
    const Json asked = settingsJson(settings, sources, model, judgeModel);
    claimFolder(out, asked);
    FaithfulnessTable table(out / tableName(options, shard));
    if (options.shard.empty())
        takeShards(table, out);
    const bool allWorked = FaithfulnessRun(engine, judge, sources, settings).measureAll(pictures, table, stop);
    if (stop.stop_requested())
        printError("stopped after " + std::to_string(table.measured()) + " pictures; the same command goes on");
    const FaithfulnessSummaries summaries(table, asked, options.seed);
    if (options.shard.empty() && table.measured() > 0) {
        writeFileAtomically(out / "summary.json", jsonText(summaries.json(), indentation));
        const OffscreenGui gui;
        writeReport(out / "report.html", faithfulnessReport(summaries.results()));
    }
    std::cout << (options.json ? jsonText(summaries.json()) : summaries.text()) << std::flush;
    return allWorked ? ExitSuccess : ExitFailure;
}

} // namespace ocellus
