// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explain_command.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "app/cli/class_choice.h"
#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/explain_run.h"
#include "app/cli/output_plan.h"
#include "app/cli/query_parser.h"
#include "app/cli/shard.h"
#include "app/cli/source_choice.h"
#include "core/base/error.h"
#include "core/data/image_folder.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

/// What a script's unset variable leaves must not pass for an option that was not given.
CLI::Validator notEmpty()
{
    return CLI::Validator(
        [](const std::string& text) { return text.empty() ? std::string("expected a value, got nothing") : ""; }, "");
}

QuerySet querySet(const ExplainOptions& options)
{
    if (options.active.empty())
        return {};
    return {options.mode == "zero" ? LimitMode::Zero : LimitMode::Drop, parseIndices("--active", options.active)};
}

std::vector<QueryTerm> queryTerms(const ExplainOptions& options)
{
    std::vector<QueryTerm> terms;
    for (const std::string& text : options.query)
        for (QueryTerm& term : parseQuery(text))
            terms.push_back(std::move(term));
    return terms;
}

/// The layer from 0, or nothing for all. `layers` may still be unknown: then only the form is checked.
std::optional<int> layerIndex(const std::string& text, std::optional<int> layers)
{
    if (text == "all")
        return std::nullopt;
    if (text.empty())
        return layers.value_or(1) - 1;
    int layer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), layer);
    const bool isNumber = error == std::errc() && end == text.data() + text.size();
    if (!isNumber || layer < 1 || (layers && layer > *layers))
        throw Error(ErrorCode::BadArgument, "--layer",
                    "expected a layer from 1" + (layers ? " to " + std::to_string(*layers) : std::string()) +
                        ", or all, got \"" + text + "\"");
    return layer - 1;
}

std::vector<PlannedPicture> plannedPictures(const ExplainOptions& options, const std::stop_token& stop)
{
    ImageListing listing;
    if (options.imageFolder.empty())
        std::transform(options.images.begin(), options.images.end(), std::back_inserter(listing.images),
                       [](const std::string& path) { return singlePicture(path); });
    else
        listing = picturesToExplain(options.imageFolder, options.out, stop);
    std::vector<PlannedPicture> plan = planOutputs(listing.images, options.out);
    printSkipped(listing.skipped);
    const auto isLong = [](const PlannedPicture& picture) { return picture.base.filename() != picture.input.stem(); };
    if (const auto first = std::ranges::find_if(plan, isLong); first != plan.end())
        printError(std::to_string(std::ranges::count_if(plan, isLong)) +
                   " pictures share a name with others: their results are named with the ending, as " +
                   first->arrays().filename().string());
    return plan;
}

/// What the options ask for; nothing where none was given.
std::optional<PreprocessOptions> chosenPreprocess(const ExplainOptions& options)
{
    if (!options.imageSize.empty())
        return parsePreprocess(options.imageSize, "--image-size");
    if (!options.shortSide && !options.longSide)
        return std::nullopt;
    PreprocessOptions chosen;
    chosen.shortSide = options.shortSide.value_or(chosen.shortSide);
    chosen.longSide = options.longSide.value_or(chosen.longSide);
    validate(chosen);
    return chosen;
}

} // namespace

CLI::App* addExplainCommand(CLI::App& app, ExplainOptions& options)
{
    CLI::App* command = app.add_subcommand("explain", "Write where each class looks: arrays, figures and a summary");
    const CLI::Range side(1, largestInputSide);
    command->add_option("--checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    CLI::Option* images = command->add_option("--image", options.images, "Pictures");
    CLI::Option* folder =
        command->add_option("--images", options.imageFolder, "A folder of pictures, with sub-folders");
    images->excludes(folder);
    command
        ->add_option("--shard", options.shard,
                     "I/N: every N-th picture from the I-th, for a job of several; see merge-summaries")
        ->needs(folder)
        ->check(notEmpty());
    command->add_option("--classes", options.classTable, "Names of the classes: text, JSON, CSV or an image folder")
        ->check(notEmpty());
    addClassOrderOption(*command, options.classOrder);
    command->add_option("--query", options.query, "top:K, all, class indices from 0 or names, with commas between")
        ->capture_default_str();
    addSourceOption(*command, options.sources)->capture_default_str();
    CLI::Option* active = command->add_option("--active", options.active, "Limit to these classes: 3,17,40");
    CLI::Option* mode = command->add_option("--mode", options.mode, "What becomes of the other queries: zero or drop");
    mode->check(CLI::IsMember({"zero", "drop"}))->needs(active);
    active->needs(mode)->check(notEmpty());
    command->add_option("--layer", options.layer, "Decoder layer from 1, or all; without it, the last")
        ->check(notEmpty());
    addImageSizeOption(*command, options.imageSize)
        ->excludes(command->add_option("--short", options.shortSide, "Shorter side of the model's input")->check(side))
        ->excludes(command->add_option("--long", options.longSide, "What its longer side stays within")->check(side));
    addDecodeFlags(*command, options.decode);
    command->add_option("--style", options.style, "Figures: honest, or paper (as the released code draws them)")
        ->check(CLI::IsMember({"honest", "paper"}))
        ->capture_default_str();
    command
        ->add_option(
            "--overlay", options.overlay,
            "How maps lie on pictures in honest figures: clear up to an even spread, or as the window's Display")
        ->check(CLI::IsMember({"transparent", "flat", "contours", "spotlight", "heat-on-grey", "mass"}))
        ->capture_default_str();
    addEngineOptions(*command, options.engine);
    command->add_option("--out", options.out, "Folder for the results; made where it is not there")->required();
    command->footer(
        "Each source but the heads adds an array of its name to the .npz, where `sources` says how it was made, and a\n"
        "panel to <stem>.<class>.sources.png; a limit "
        "changes heads and mean only, the maps of other sources are of the full set of classes.\n"
        "Each picture gives <out>/<stem>.npz with the arrays, <stem>.png with the maps of the query's first\n"
        "class and <stem>.<class>.png with those of further ones (of `all` alone, the best class only);\n"
        "sub-folders of --images are kept, and the whole file name where two pictures share a stem. <out>/summary.csv "
        "holds the five best classes of every picture;\n"
        "with --shard I/N it is <out>/summary.I-of-N.csv.");
    return command;
}

int runExplain(const ExplainOptions& options, const std::stop_token& stop)
{
    if (options.images.empty() && options.imageFolder.empty())
        throw Error(ErrorCode::BadArgument, "explain", "expected --image or --images, got neither");
    if (options.out.empty())
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder, got an empty name");
    const SourceChoice sources(options.sources);
    const std::vector<QueryTerm> terms = queryTerms(options);
    const QuerySet set = querySet(options);
    layerIndex(options.layer, std::nullopt);
    const std::optional<PreprocessOptions> chosen = chosenPreprocess(options);
    const bool isShard = !options.shard.empty();
    const Shard shard = isShard ? parseShard(options.shard) : Shard();
    // All are planned, so that no two shards can write one file.
    const std::vector<PlannedPicture> pictures = shareOf(plannedPictures(options, stop), shard);
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    const std::optional<ClassTable> given = givenClasses(options.classTable, order);

    Engine engine(options.engine);
    const ModelDescription& model = engine.open(options.checkpoint, Progress(stop),
                                                [&](const ModelDescription& opened) { sources.require(opened); });
    ExplainRun::Settings settings;
    settings.set = set;
    settings.table = classesOf(given, model, order);
    if (given && (given->isIndexed || fs::is_directory(given->source))) // the order of lines is plain to see
        printError("classes: " + settings.table.reading + " (" + settings.table.source + ")");
    validate(set, model.offer.classes);
    settings.terms = resolve(terms, settings.table, set);
    if (model.offer.maps != MapSubject::None)
        settings.layer = layerIndex(options.layer, model.offer.layers);
    settings.preprocess = chosen.value_or(model.preprocess.value_or(PreprocessOptions()));
    settings.decode = decodeOptions(options.decode);
    settings.style = options.style == "paper" ? FigureStyle::Paper : FigureStyle::Honest;
    settings.overlay = overlayRuleFromString(options.overlay).value_or(OverlayRule::Transparent);
    // A part that could pass for the whole shard would be merged as one.
    settings.summaryOfPart = !isShard;
    createFolder(options.out);

    ExplainRun run(engine, sources, std::move(settings));
    return run.explainAll(pictures, fs::path(options.out) / (isShard ? summaryName(shard) : "summary.csv"), stop);
}

} // namespace ocellus
