// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate_command.h"

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <locale>
#include <optional>
#include <sstream>
#include <utility>

#include "app/cli/class_choice.h"
#include "app/cli/consistency_report.h"
#include "app/cli/console.h"
#include "app/cli/dataset_choice.h"
#include "app/cli/engine_options.h"
#include "app/cli/evaluate_run.h"
#include "app/cli/evaluation_measures.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/offscreen_gui.h"
#include "app/cli/output_plan.h"
#include "app/cli/pointing_report.h"
#include "core/analysis/intervals.h"
#include "core/base/error.h"
#include "core/data/image_folder.h"
#include "core/data/split_file.h"
#include "core/evaluation/evaluation_report.h"
#include "core/evaluation/picture_asking.h"
#include "core/evaluation/pictures_at_a_time.h"
#include "core/io/json_text.h"
#include "ui/figures/evaluation_files.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr double percent = 100;

/// The image size asked for, else the checkpoint's own, else the released one.
PreprocessOptions preprocessOptions(const EvaluateOptions& options, const ModelDescription& model)
{
    if (!options.imageSize.empty())
        return parsePreprocess(options.imageSize, "--image-size");
    return model.preprocess.value_or(PreprocessOptions());
}

void requireSeparateFolders(const EvaluateOptions& options)
{
    if (options.out.empty())
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder, got an empty name");
    if (!options.unusual.empty() && liesWithin(options.out, options.unusual))
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder outside --unusual, got one in it");
    if (!options.data.empty() && liesWithin(options.out, options.data))
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder outside --data, got one in it",
                    "The figure would be taken for a picture in the next run");
}

/// The pictures of --data or --dataset with a model's classes.
LabelledData dataFor(const EvaluateOptions& options, const std::optional<NamedDataset>& set,
                     const ModelDescription& model, const std::stop_token& stop)
{
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    const std::optional<ClassTable> given = givenClasses(options.classTable, order);
    LabelledData data = set ? labelledData(*set, chosenPart(options.dataset, *set), given, model, order)
                            : labelledData(options.data, given, model, order, stop);
    if (!options.split.empty())
        keepValidation(data.listing, options.split, options.data);
    return data;
}

void requireOneSource(const EvaluateOptions& options)
{
    if (options.data.empty() == options.dataset.file.empty())
        throw Error(ErrorCode::BadArgument, "evaluate",
                    std::string("expected --data or --dataset, got ") + (options.data.empty() ? "neither" : "both"));
    if (!options.split.empty() && options.data.empty())
        throw Error(ErrorCode::BadArgument, "--split", "expected --data with it: a data set has its own split");
    if (options.resume && (!options.unusual.empty() || !options.against.empty()))
        throw Error(ErrorCode::BadArgument, "--resume",
                    "expected no --unusual or --against with it: what a model says is not kept");
    if (options.stability && !options.hasPoints())
        throw Error(ErrorCode::BadArgument, "--stability", "expected --points or --parts with it");
    if (!options.masks.empty() && options.data.empty())
        throw Error(ErrorCode::BadArgument, "--masks", "expected --data with it, whose folders the masks are of");
}

/// Points and masks are of whole pictures.
void requireWholePictures(const EvaluateOptions& options, const std::optional<NamedDataset>& set)
{
    if (set && set->state.crop.on && !options.points.empty())
        throw Error(ErrorCode::BadArgument, "--points", "expected whole pictures, got a data set that crops them",
                    "Make one without --crop, or take its own --parts");
    if (options.parts && (!set || set->dataset.parts.empty()))
        throw Error(ErrorCode::BadArgument, "--parts",
                    "expected a data set with part points, as CUB's layout has them");
}

void requireMaps(const EvaluateOptions& options, const ModelDescription& model)
{
    const bool asksForMaps = options.hasPoints() || !options.masks.empty();
    const char* const asking = options.parts ? "--parts" : options.hasPoints() ? "--points" : "--masks";
    // A tree's nodes and concepts are the same for every class, but each is of something: tokens' heads are of nothing.
    const bool areOfTokens = model.offer.maps == MapSubject::Picture && model.offer.mapKind == MapKind::Head;
    if (asksForMaps && (model.offer.maps == MapSubject::None || areOfTokens))
        throw Error(ErrorCode::BadArgument, asking,
                    areOfTokens
                        ? "expected a model with maps of classes, got one whose maps are the same for every class"
                        : "expected a model with class queries, got a plain classifier, which has no maps");
    requireClasses(model, "evaluate");
    if (asksForMaps && preprocessOptions(options, model).cropSide > 0)
        throw Error(ErrorCode::BadArgument, asking,
                    "expected a model that sees the whole picture, got one that cuts it",
                    "Choose --image-size fixed:224 or short:224, with the same words after it");
}

/// "95.00 % (92.94 to 96.48)"
std::string shareText(int successes, int n)
{
    const Interval interval = wilsonInterval(successes, n);
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << std::setprecision(2) << (n == 0 ? 0 : percent * successes / n) << " % ("
         << percent * interval.low << " to " << percent * interval.high << ')';
    return text.str();
}

/// What would otherwise be a zero that looks like a result.
void noteUncounted(const std::vector<PointingRow>& rows, std::vector<std::string>& notes)
{
    const bool nothingCounted =
        !rows.empty() && std::ranges::all_of(rows, [](const PointingRow& row) { return row.tally.n == 0; });
    if (nothingCounted)
        notes.push_back("pointing counted no picture: none that was named rightly has a part point or mark");
}

std::string pointingLine(const PointingRow& row)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << std::setprecision(2) << "pointing\t" << row.mark << "\t" << row.limit << "\t"
         << toString(row.placement) << "\t" << row.maps << " " << row.heads << "\t"
         << shareText(row.tally.hits, row.tally.n) << " of " << row.tally.n << "\tchance "
         << percent * row.tally.chance() << " %\tcentral " << percent * row.tally.centralShare() << " %";
    if (row.inside)
        text << "\tattention inside " << percent * *row.inside << " %";
    text << '\n';
    return text.str();
}

void printTable(const EvaluationReport& report, const std::vector<PointingRow>& pointing,
                const std::vector<ConsistencySummary>& consistency, const std::string& out)
{
    constexpr std::size_t shownPairs = 5;
    const Evaluation& evaluation = report.evaluation;
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << "pictures\t" << evaluation.n();
    if (!report.leftOut.empty())
        text << ", " << report.leftOut.size() << " left out";
    text << "\nacc@1\t" << shareText(evaluation.correct(), evaluation.n()) << "\nacc@"
         << std::min(5, report.table().count()) << '\t' << std::setprecision(2) << evaluation.topFiveAccuracy()
         << " %\nloss\t" << std::setprecision(4) << evaluation.meanLoss() << "\nspeed\t" << std::setprecision(1)
         << report.picturesPerSecond() << " pictures/s\n";
    text << "matched\t" << oneLine(description(report.matched)) << '\n';
    text << asText(report.trust);
    if (report.comparison)
        text << asText(*report.comparison);
    const std::size_t classesWithout = report.classesWithoutPictures().size();
    if (classesWithout > 0)
        text << "classes\t" << classesWithout << " of " << report.table().count() << " have no pictures\n";
    const std::vector<ConfusedPair> pairs = evaluation.confusedPairs();
    for (std::size_t i = 0; i < std::min(shownPairs, pairs.size()); ++i)
        text << "confused\t" << pairs[i].total() << "\t" << oneLine(report.nameOf(pairs[i].first)) << "\t"
             << oneLine(report.nameOf(pairs[i].second)) << '\n';
    for (const PointingRow& row : pointing)
        text << pointingLine(row);
    for (const ConsistencySummary& summary : consistency)
        text << textOf(summary);
    std::cout << text.str() << "results\t" << oneLine(out) << std::endl;
}

void printJson(const EvaluationReport& report, const std::vector<PointingRow>& pointing,
               const std::vector<ConsistencySummary>& consistency)
{
    nlohmann::ordered_json object = totals(report);
    for (const PointingRow& row : pointing)
        object["pointing"].push_back(asJson(row));
    for (const ConsistencySummary& summary : consistency)
        object["consistency"].push_back(asJson(summary));
    std::cout << jsonText(object) << std::flush;
}

/// All that outcomes depend on beside the picture.
std::string fingerprint(const EvaluateOptions& options, const ModelDescription& model,
                        const EvaluateRun::Settings& settings)
{
    std::string all = OCELLUS_VERSION + ("\n" + model.sha256) + '\n' + options.engine.stateDict + '\n' +
                      settingsText(model) + '\n' + toString(settings.asking.preprocess) + '\n' + options.decode.range;
    for (const bool flag : {options.decode.ignoreExif, options.decode.convertToSrgb})
        all += flag ? '1' : '0';
    for (const ClassTable::Entry& entry : settings.table.entries)
        all += '\n' + entry.name;
    return all;
}

bool hasMeasures(const EvaluateOptions& options)
{
    return options.hasPoints() || !options.masks.empty();
}

std::string deviceText(const EvaluateOptions& options, const Engine& engine, std::size_t atATime)
{
    return engine.device().name +
           (hasMeasures(options) ? std::string() : ", " + std::to_string(atATime) + " pictures at a time");
}

EvaluateRun::Settings settingsFor(const EvaluateOptions& options, const Engine& engine, ClassTable table)
{
    const ModelDescription& model = *engine.model();
    const PreprocessOptions preprocess = preprocessOptions(options, model);
    EvaluateRun::Settings settings{std::move(table),
                                   {preprocess, decodeOptions(options.decode)},
                                   {},
                                   options.resume,
                                   picturesAtATime(options.engine, engine, preprocess)};
    settings.fingerprint = fingerprint(options, model, settings);
    return settings;
}

/// What --resume may stand beside.
bool canResume(const EvaluateOptions& options)
{
    return options.unusual.empty() && options.against.empty() && !hasMeasures(options);
}

/// Measures ask the model about one picture after the other.
EngineOptions engineOptions(const EvaluateOptions& options)
{
    EngineOptions engine = askingOptions(options.engine);
    if (hasMeasures(options))
        engine.threads = options.engine.threads;
    return engine;
}

/// None where no folder was given; nothing after a stop.
std::optional<std::vector<AskedPicture>> askUnusual(const EvaluateOptions& options, EvaluateRun& run,
                                                    const std::stop_token& stop)
{
    if (options.unusual.empty())
        return std::vector<AskedPicture>();
    const ImageListing listing = listImages(options.unusual, stop);
    if (listing.images.empty())
        throw Error(ErrorCode::NotFound, options.unusual, "expected pictures in the folder, found none");
    return run.askAll(listing.images, stop);
}

/// Asks the second model about the pictures that the first one named. Nothing after a stop.
std::optional<ComparisonReport> compare(const EvaluateOptions& options, const std::optional<NamedDataset>& set,
                                        const ClassTable& firstTable, const EvaluateRun::Result& first,
                                        const std::stop_token& stop)
{
    EngineOptions engineOptions = askingOptions(options.engine);
    engineOptions.stateDict.clear(); // these two are said of --checkpoint
    engineOptions.model = {};
    Engine engine(engineOptions);
    const ModelDescription& model = engine.open(options.against, Progress(stop));
    requireClasses(model, "--against");
    const LabelledData data = dataFor(options, set, model, stop);
    createFolder(fs::path(options.out) / "against");
    const std::optional<EvaluateRun::Result> second =
        EvaluateRun(engine, settingsFor(options, engine, data.classes.table), {})
            .evaluateAll(data.listing.pictures, fs::path(options.out) / "against", stop);
    if (!second)
        return std::nullopt;
    ComparisonReport report = comparisonOf(first.namedBy(firstTable), second->namedBy(data.classes.table));
    report.against = options.against;
    report.againstHash = model.sha256;
    return report;
}

} // namespace

CLI::App* addEvaluateCommand(CLI::App& app, EvaluateOptions& options)
{
    CLI::App* command =
        app.add_subcommand("evaluate", "Count how many pictures of known classes a model names rightly");
    command->add_option("--checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    command->add_option("--data", options.data, "A folder with a sub-folder of pictures for each class")
        ->excludes(addDatasetOptions(*command, options.dataset));
    command->add_option("--classes", options.classTable, "Names of the classes: text, JSON, CSV or an image folder");
    addClassOrderOption(*command, options.classOrder);
    command->add_option("--split", options.split,
                        "The split.csv of `train --val-share`: counts the pictures that it gives to val alone");
    addImageSizeOption(*command, options.imageSize);
    addDecodeFlags(*command, options.decode);
    command->add_flag("--json", options.json, "The totals as one JSON object on stdout");
    CLI::Option* points = command->add_option(
        "--points", options.points,
        "CSV with file, part, x, y: counts peaks within one cell of visible parts, and heads that keep to one part");
    CLI::Option* parts =
        command->add_flag("--parts", options.parts, "With --dataset: the same with its own part points")
            ->excludes(points);
    command->add_flag(
        "--stability", options.stability,
        "With --points or --parts: whether heads keep to it under noise, by a second pass of each picture");
    CLI::Option* masks = command->add_option(
        "--masks", options.masks, "Folder of CLASS/NAME.png, white on marks: counts peaks within one cell of them");
    command->add_option("--mask-label", options.maskLabel, "The value that is meant in masks of several labels")
        ->needs(masks)
        ->check(CLI::Range(0, 65535));
    CLI::Option* groups =
        command->add_option("--groups", options.groups, "CSV with species, ring: what --masks limits each class to");
    masks->needs(groups);
    groups->needs(masks);
    command->add_option("--seed", options.seed, "Of the maps that pointing and consistency are compared with")
        ->capture_default_str();
    command
        ->add_flag("--resume", options.resume,
                   "Go on from a run into --out that was stopped, and leave out what it had named, where neither "
                   "picture nor model nor an option has changed; not with maps, which are not kept")
        ->excludes(points)
        ->excludes(parts)
        ->excludes(masks);
    command->add_option("--unusual", options.unusual,
                        "A folder of pictures of none of the classes: how well they are told");
    command
        ->add_option("--coverage", options.coverage,
                     "Share of known pictures that the threshold for unusual ones keeps")
        ->check(CLI::Range(0.5, 1.0))
        ->capture_default_str();
    command->add_option(
        "--against", options.against,
        "Another checkpoint on the same pictures: which changed, and McNemar's test; --state and --set are "
        "not for it");
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    command->add_option("--out", options.out, "Folder for the results; made where it is not there")->required();
    command->footer(
        "Writes evaluation.json, classes.csv, confusion.csv, confusion.png, confused_pairs.csv,\n"
        "pictures.csv, reliability.csv and coverage.csv, with --against changed.csv and the folder against,\n"
        "with --points or --masks pointing.json and pointing.csv, and with --points\n"
        "consistency.json and consistency.csv. Folders are matched to the model's classes by name, and by\n"
        "order only where no names are known. When it is stopped it writes\n"
        "nothing but ledger.csv, from which --resume goes on.");
    return command;
}

int runEvaluate(const EvaluateOptions& options, const std::stop_token& stop)
{
    requireOneSource(options);
    requireSeparateFolders(options);
    std::optional<NamedDataset> set;
    if (!options.dataset.file.empty())
        set = chosenDataset(options.dataset);
    requireWholePictures(options, set);

    Engine engine(engineOptions(options));
    const ModelDescription& model = engine.open(options.checkpoint, Progress(stop));
    requireMaps(options, model);
    LabelledData data = dataFor(options, set, model, stop);
    printSkipped(data.listing.skipped);
    const EvaluateRun::Settings settings = settingsFor(options, engine, data.classes.table);
    const std::vector<LabelledPicture>& pictures = data.listing.pictures;
    std::vector<std::string> notes;
    EvaluationMeasures measures(options, settings.table, pictures, settings.asking.decode, set, engine, notes,
                                Progress(stop));
    createFolder(options.out);

    const fs::path out = options.out;
    const fs::path source = set ? set->file : fs::path(options.data);
    EvaluateRun run(engine, settings, measures.all());
    std::optional<EvaluateRun::Result> result = run.evaluateAll(pictures, out, stop);
    std::optional<std::vector<AskedPicture>> unusual;
    if (result)
        unusual = askUnusual(options, run, stop);
    std::optional<ComparisonReport> comparison;
    if (unusual && !options.against.empty())
        comparison = compare(options, set, data.classes.table, *result, stop);
    if (!unusual || (!options.against.empty() && !comparison)) {
        printError(std::string("stopped: no result was written") + (canResume(options) ? "; go on with --resume" : ""));
        return ExitFailure;
    }
    if (result->kept > 0)
        printError(std::to_string(result->kept) + " pictures were named by an earlier run");
    if (result->evaluation.n() == 0)
        throw Error(ErrorCode::Unreadable, source.string(), "expected pictures to evaluate, but every one failed");
    const std::vector<PointingRow> rows = measures.pointing();
    if (result->kept > 0)
        notes.emplace_back("calibration and unusual pictures are told of runs without --resume only");
    std::ranges::copy(doubtsOf(result->evaluation, data.classes), std::back_inserter(notes));
    noteUncounted(rows, notes);
    for (const std::string& note : notes)
        printError(note);
    TrustReport trust =
        TrustReport::of(result->evaluation, result->kept > 0 ? std::vector<AskedPicture>() : result->asked, *unusual,
                        options.coverage, options.seed);
    trust.unusual = options.unusual;
    EvaluationReport report{std::move(result->evaluation),
                            model,
                            std::move(data.classes),
                            source,
                            settings.asking.preprocess,
                            deviceText(options, engine, settings.atATime),
                            result->seconds,
                            std::move(result->leftOut),
                            settings.asking.decode,
                            result->remarks,
                            std::move(data.listing.skipped),
                            std::move(notes),
                            EnergyReference(std::move(result->energies)),
                            result->kept,
                            std::move(trust),
                            std::move(comparison),
                            set ? set->sha256 : std::string(),
                            set ? set->cropText() : std::string()};
    const OffscreenGui gui;
    writeEvaluationFiles(out, report);
    measures.write(out, report.table(), options.seed);
    if (options.json)
        printJson(report, mainRows(rows), measures.consistency());
    else
        printTable(report, mainRows(rows), measures.consistency(), options.out);
    printRemarks(report.remarks);
    return report.leftOut.empty() && result->measureFailures == 0 ? ExitSuccess : ExitFailure;
}

} // namespace ocellus
