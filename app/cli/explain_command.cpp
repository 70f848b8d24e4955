// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explain_command.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "app/cli/class_choice.h"
#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/explain_run.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/models_run.h"
#include "app/cli/offscreen_gui.h"
#include "app/cli/output_plan.h"
#include "app/cli/patch_shelf.h"
#include "app/cli/query_parser.h"
#include "app/cli/shard.h"
#include "app/cli/source_choice.h"
#include "core/base/error.h"
#include "core/data/class_selection.h"
#include "core/data/image_folder.h"
#include "core/evaluation/picture_asking.h"
#include "core/evaluation/pictures_at_a_time.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

/// What a script's unset variable leaves must not pass for an option that was not given.
CLI::Validator notEmpty()
{
    return CLI::Validator(
        [](const std::string& text) { return text.empty() ? std::string("expected a value, got nothing") : ""; }, "");
}

constexpr const char* activeOption = "--active";

bool isLimited(const ExplainOptions& options)
{
    return !options.active.empty() || !options.activeFile.empty() || !options.activeTaxon.empty();
}

QuerySet querySet(const ExplainOptions& options, const ClassTable& table)
{
    if (!isLimited(options))
        return {};
    QuerySet set{options.mode == "zero" ? LimitMode::Zero : LimitMode::Drop, {}};
    if (!options.active.empty())
        for (const QueryTerm& term : parseClasses(activeOption, options.active))
            set.active.push_back(classOfTerm(activeOption, term, table));
    else
        set.active = options.activeFile.empty() ? classesOfTaxon(options.activeTaxon, table)
                                                : classesOfFile(options.activeFile, table);
    return set;
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

/// Whatever their classes are, with the crops of those that have one.
ImageListing picturesOfDataset(const DatasetChoice& choice, std::map<fs::path, PixelBox>& crops)
{
    const NamedDataset set = chosenDataset(choice);
    ClassTable own;
    for (const std::string& name : set.state.classNames)
        own.entries.push_back({name, {}});
    LabelledListing labelled = listLabelledPictures(set, chosenPart(choice, set), own);
    ImageListing listing;
    listing.skipped = std::move(labelled.skipped);
    for (LabelledPicture& picture : labelled.pictures) {
        if (picture.crop)
            crops[picture.file.path] = *picture.crop;
        listing.images.push_back(std::move(picture.file));
    }
    return listing;
}

std::vector<PlannedPicture> plannedPictures(const ExplainOptions& options, const std::stop_token& stop)
{
    ImageListing listing;
    std::map<fs::path, PixelBox> crops;
    if (!options.dataset.file.empty())
        listing = picturesOfDataset(options.dataset, crops);
    else if (options.imageFolder.empty())
        std::transform(options.images.begin(), options.images.end(), std::back_inserter(listing.images),
                       [](const std::string& path) { return singlePicture(path); });
    else
        listing = picturesToExplain(options.imageFolder, options.out, stop);
    std::vector<PlannedPicture> plan = planOutputs(listing.images, options.out);
    for (PlannedPicture& picture : plan)
        if (const auto crop = crops.find(picture.input); crop != crops.end())
            picture.crop = crop->second;
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

/// All that results depend on beside the picture, as it was said.
std::string fingerprint(const ExplainOptions& options, const ModelDescription& model, const QuerySet& set,
                        const ClassTable& table, const PreprocessOptions& preprocess)
{
    std::vector<std::string> parts = {OCELLUS_VERSION,      model.sha256,        options.engine.stateDict,
                                      options.mode,         options.layer,       options.imageSize,
                                      options.overlay,      options.style,       options.figures,
                                      options.decode.range, settingsText(model), toString(preprocess)};
    for (const std::optional<int>& number : {options.shortSide, options.longSide, options.width})
        parts.push_back(number ? std::to_string(*number) : "");
    for (const bool flag : {options.decode.ignoreExif, options.decode.convertToSrgb, options.compress, options.boxes})
        parts.push_back(flag ? "1" : "0");
    for (const std::vector<std::string>* texts : {&options.query, &options.sources})
        parts.insert(parts.end(), texts->begin(), texts->end());
    for (const int active : set.active)
        parts.push_back(std::to_string(active));
    for (const ClassTable::Entry& entry : table.entries)
        parts.push_back(entry.name);
    if (options.figures != "none")
        parts.push_back(PatchShelf(model).words().toStdString());
    std::string all;
    for (const std::string& part : parts)
        all += std::to_string(part.size()) + ":" + part;
    return all;
}

/// Of several models each has a row with its own maps: what is of one model's parts has no place there.
void requireForAll(const ExplainOptions& options)
{
    const std::pair<const char*, bool> ofOne[] = {{"--mode", !options.mode.empty()},
                                                  {"--layer", !options.layer.empty()},
                                                  {"--shard", !options.shard.empty()},
                                                  {"--source", options.sources != std::vector<std::string>{"heads"}},
                                                  {"--style", options.style != "honest"},
                                                  {"--compress", options.compress},
                                                  {"--resume", options.resume}};
    for (const auto& [option, isGiven] : ofOne)
        if (isGiven)
            throw Error(ErrorCode::BadArgument, option,
                        "expected one --checkpoint, got " + std::to_string(options.checkpoints.size()),
                        "Explain them one by one");
}

int runModels(const ExplainOptions& options, const std::vector<PlannedPicture>& pictures,
              const std::vector<QueryTerm>& terms, const std::optional<PreprocessOptions>& chosen,
              const std::optional<ClassTable>& given, std::optional<FolderOrder> order, const std::stop_token& stop)
{
    requireForAll(options);
    ModelsRun::Settings settings;
    settings.engine = options.engine;
    settings.terms = terms;
    settings.preprocess = chosen;
    settings.decode = decodeOptions(options.decode);
    settings.overlay = overlayRuleFromString(options.overlay).value_or(OverlayRule::Transparent);
    settings.boxes = options.boxes;
    settings.figures = options.figures;
    settings.width = options.width;
    ModelsRun run({options.checkpoints.begin(), options.checkpoints.end()}, given, order, std::move(settings), stop);
    createFolder(options.out);
    return run.explainAll(pictures, stop);
}

} // namespace

CLI::App* addExplainCommand(CLI::App& app, ExplainOptions& options)
{
    CLI::App* command = app.add_subcommand("explain", "Write where each class looks: arrays, figures and a summary");
    const CLI::Range side(1, largestInputSide);
    command
        ->add_option("--checkpoint", options.checkpoints,
                     "The model: .pth, .pt or .safetensors; given several times, a figure with a row a model")
        ->required()
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
    CLI::Option* images = command->add_option("--image", options.images, "Pictures");
    CLI::Option* folder =
        command->add_option("--images", options.imageFolder, "A folder of pictures, with sub-folders");
    images->excludes(folder);
    addDatasetOptions(*command, options.dataset)->excludes(folder)->excludes(images);
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
    CLI::Option* active =
        command->add_option(activeOption, options.active, "Limit to these classes: indices from 0 or names");
    CLI::Option* activeFile =
        command->add_option("--active-file", options.activeFile, "The same: a text file with a name or index a line");
    CLI::Option* activeTaxon = command->add_option(
        "--active-taxon", options.activeTaxon,
        "The same: a genus, where classes have Latin names, or COLUMN=VALUE of the CSV that --classes names");
    CLI::Option* mode = command->add_option("--mode", options.mode, "What becomes of the other queries: zero or drop");
    mode->check(CLI::IsMember({"zero", "drop"}));
    for (CLI::Option* option : {active, activeFile, activeTaxon})
        option->needs(mode)->check(notEmpty());
    active->excludes(activeFile)->excludes(activeTaxon);
    activeFile->excludes(activeTaxon);
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
    command->add_flag("--boxes", options.boxes, "Around what prototypes find, the rectangles of published figures");
    command->add_option("--figures", options.figures, "Their format: png, pdf, svg or none")
        ->check(CLI::IsMember({"png", "pdf", "svg", "none"}))
        ->capture_default_str();
    command
        ->add_option("--width", options.width,
                     "Of figures, in pixels; without it, 150 dots per inch of a page that is 180 mm wide")
        ->check(CLI::Range(100, 20'000));
    command->add_flag("--compress", options.compress, "Pack the arrays: smaller and slower");
    command->add_flag(
        "--resume", options.resume,
        "Leave out pictures that an earlier run into --out has finished, where neither they nor the model "
        "nor an option has changed");
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    command->add_option("--out", options.out, "Folder for the results; made where it is not there")->required();
    command->footer(
        "Each source but the heads adds an array of its name to the .npz, where `sources` says how it was made, and a\n"
        "panel to <stem>.<class>.sources.png; a limit "
        "changes heads and mean only, the maps of other sources are of the full set of classes.\n"
        "Prototypes are drawn with their own patches, where the model's training left them beside it or `project` has\n"
        "found them.\n"
        "Each picture gives <out>/<stem>.npz with the arrays, <stem>.png with the maps of the query's first\n"
        "class and <stem>.<class>.png with those of further ones (of `all` alone, the best class only);\n"
        "sub-folders of --images are kept, and the whole file name where two pictures share a stem. <out>/summary.csv "
        "holds the five best classes of every picture;\n"
        "with --shard I/N it is <out>/summary.I-of-N.csv. Ctrl-C ends it with what is done: go on with --resume.\n"
        "With several --checkpoint, each picture gives <stem>.models.png and .csv instead: a row a model with its "
        "first\n"
        "three maps of the query's first class, by name where both models have names, else by index; a plain\n"
        "classifier's is Grad-CAM.");
    return command;
}

int runExplain(const ExplainOptions& options, const std::stop_token& stop)
{
    if (options.images.empty() && options.imageFolder.empty() && options.dataset.file.empty())
        throw Error(ErrorCode::BadArgument, "explain", "expected --image, --images or --dataset, got none");
    if (options.out.empty())
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder, got an empty name");
    const SourceChoice sources(options.sources);
    const std::vector<QueryTerm> terms = queryTerms(options);
    if (!options.mode.empty() && !isLimited(options))
        throw Error(ErrorCode::BadArgument, "explain", "--mode requires --active, --active-file or --active-taxon");
    if (!options.active.empty())
        parseClasses(activeOption, options.active);
    layerIndex(options.layer, std::nullopt);
    const std::optional<PreprocessOptions> chosen = chosenPreprocess(options);
    const bool isShard = !options.shard.empty();
    const Shard shard = isShard ? parseShard(options.shard) : Shard();
    // All are planned, so that no two shards can write one file.
    const std::vector<PlannedPicture> pictures = shareOf(plannedPictures(options, stop), shard);
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    const std::optional<ClassTable> given = givenClasses(options.classTable, order);

    const OffscreenGui gui; // before what is known of patches is put into words
    if (options.checkpoints.size() > 1)
        return runModels(options, pictures, terms, chosen, given, order, stop);

    // What other sources do to the model, cores share; the heads are had for little, so each picture has a core.
    Engine engine(sources.hasOnlyHeads() ? askingOptions(options.engine) : options.engine);
    const ModelDescription& model = engine.open(options.checkpoints.front(), Progress(stop),
                                                [&](const ModelDescription& opened) { sources.require(opened); });
    ExplainRun::Settings settings;
    ExplanationWriter::Settings& output = settings.output;
    settings.table = classesOf(given, model, order);
    if (given && (given->isIndexed || fs::is_directory(given->source))) // the order of lines is plain to see
        printError("classes: " + settings.table.reading + " (" + settings.table.source + ")");
    settings.set = querySet(options, settings.table);
    validate(settings.set, model.offer.classes);
    settings.terms = resolve(terms, settings.table, settings.set);
    if (model.offer.maps != MapSubject::None)
        output.layer = layerIndex(options.layer, model.offer.layers);
    output.preprocess = chosen.value_or(model.preprocess.value_or(PreprocessOptions()));
    settings.decode = decodeOptions(options.decode);
    output.style = options.style == "paper" ? FigureStyle::Paper : FigureStyle::Honest;
    output.overlay = overlayRuleFromString(options.overlay).value_or(OverlayRule::Transparent);
    output.boxes = options.boxes;
    output.figures = options.figures;
    output.width = options.width;
    output.compression = options.compress ? ArrayCompression::Deflate : ArrayCompression::None;
    settings.fingerprint = fingerprint(options, model, settings.set, settings.table, output.preprocess);
    settings.resume = options.resume;
    settings.atATime = picturesAtATime(options.engine, engine, output.preprocess);
    // A part that could pass for the whole shard would be merged as one.
    settings.summaryOfPart = !isShard;
    createFolder(options.out);

    ExplainRun run(engine, sources, std::move(settings));
    return run.explainAll(pictures, fs::path(options.out) / (isShard ? summaryName(shard) : "summary.csv"), stop);
}

} // namespace ocellus
