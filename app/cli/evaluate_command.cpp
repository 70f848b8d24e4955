// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate_command.h"

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <locale>
#include <optional>
#include <sstream>
#include <utility>

#include "app/cli/class_choice.h"
#include "app/cli/consistency_report.h"
#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/evaluate_run.h"
#include "app/cli/evaluation_measures.h"
#include "app/cli/evaluation_report.h"
#include "app/cli/offscreen_gui.h"
#include "app/cli/output_plan.h"
#include "app/cli/pointing_report.h"
#include "core/analysis/intervals.h"
#include "core/base/error.h"
#include "core/data/split_file.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr const char* orderIsDoubtful = "the checkpoint holds no class names: the folders are its classes in their "
                                        "order, which nothing confirms";
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
    if (liesWithin(options.out, options.data))
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder outside --data, got one in it",
                    "The figure would be taken for a picture in the next run");
}

LabelledListing listPictures(const EvaluateOptions& options, const ClassTable& table, const std::stop_token& stop)
{
    LabelledListing listing = listLabelledPictures(options.data, table, stop);
    if (!options.split.empty())
        keepValidation(listing, options.split, options.data);
    printSkipped(listing.skipped);
    return listing;
}

void requireMaps(const EvaluateOptions& options, const ModelDescription& model)
{
    const bool asksForMaps = !options.points.empty() || !options.masks.empty();
    const char* const asking = options.points.empty() ? "--masks" : "--points";
    if (asksForMaps && model.offer.maps != MapSubject::Classes)
        throw Error(ErrorCode::BadArgument, asking,
                    model.offer.maps == MapSubject::None
                        ? "expected a model with class queries, got a plain classifier, which has no maps"
                        : "expected a model with maps of classes, got one whose maps are the same for every class");
    if (!model.offer.hasLogits)
        throw Error(ErrorCode::BadArgument, "evaluate", "expected a model that knows classes, got a bare backbone",
                    "Train a head on it first");
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
void noteZeros(const Evaluation& evaluation, const DataClasses& classes, const std::vector<PointingRow>& rows,
               std::vector<std::string>& notes)
{
    constexpr int fewestPictures = 8; // fewer can all be hard ones
    if (evaluation.correct() == 0 && evaluation.n() >= fewestPictures)
        notes.push_back("not one picture was named rightly; classes were found as " + description(classes) +
                        ": are they this model's?");
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
         << toString(row.placement) << "\theads " << row.heads << "\t" << shareText(row.tally.hits, row.tally.n)
         << " of " << row.tally.n << "\tchance " << percent * row.tally.chance() << " %\tcentral "
         << percent * row.tally.centralShare() << " %";
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
    text << "\nacc@1\t" << shareText(evaluation.correct(), evaluation.n()) << "\nacc@5\t" << std::setprecision(2)
         << evaluation.topFiveAccuracy() << " %\nloss\t" << std::setprecision(4) << evaluation.meanLoss() << "\nspeed\t"
         << std::setprecision(1) << report.picturesPerSecond() << " pictures/s\n";
    text << "matched\t" << oneLine(description(report.matched)) << '\n';
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
                      toString(settings.preprocess) + '\n' + options.decode.range;
    for (const bool flag : {options.decode.ignoreExif, options.decode.convertToSrgb})
        all += flag ? '1' : '0';
    for (const ClassTable::Entry& entry : settings.table.entries)
        all += '\n' + entry.name;
    return all;
}

} // namespace

CLI::App* addEvaluateCommand(CLI::App& app, EvaluateOptions& options)
{
    CLI::App* command =
        app.add_subcommand("evaluate", "Count how many pictures of known classes a model names rightly");
    command->add_option("--checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    command->add_option("--data", options.data, "A folder with a sub-folder of pictures for each class")->required();
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
    command
        ->add_flag("--stability", options.stability,
                   "With --points: whether heads keep to it under noise, by a second pass of each picture")
        ->needs(points);
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
        ->excludes(masks);
    addEngineOptions(*command, options.engine);
    command->add_option("--out", options.out, "Folder for the results; made where it is not there")->required();
    command->footer("Writes evaluation.json, classes.csv, confusion.csv, confusion.png, confused_pairs.csv and\n"
                    "pictures.csv, with --points or --masks pointing.json and pointing.csv, and with --points\n"
                    "consistency.json and consistency.csv. Folders are matched to the model's classes by name, and by\n"
                    "order only where no names are known. When it is stopped it writes\n"
                    "nothing but ledger.csv, from which --resume goes on.");
    return command;
}

int runEvaluate(const EvaluateOptions& options, const std::stop_token& stop)
{
    requireSeparateFolders(options);
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    const std::optional<ClassTable> given = givenClasses(options.classTable, order);

    EngineOptions engineOptions = options.engine;
    engineOptions.encodingCacheBytes = engineOptions.decodingCacheBytes = 0; // no picture is seen twice
    Engine engine(engineOptions);
    const ModelDescription& model = engine.open(options.checkpoint, Progress(stop));
    requireMaps(options, model);
    EvaluateRun::Settings settings;
    DataClasses classes = classesOfData(given, model, options.data, order);
    settings.table = classes.table;
    settings.preprocess = preprocessOptions(options, model);
    settings.decode = decodeOptions(options.decode);
    settings.fingerprint = fingerprint(options, model, settings);
    settings.resume = options.resume;
    LabelledListing listing = listPictures(options, settings.table, stop);
    const std::vector<LabelledPicture>& pictures = listing.pictures;
    std::vector<std::string> notes;
    if (classes.matchedBy == "order")
        notes.emplace_back(orderIsDoubtful);
    EvaluationMeasures measures(options, settings.table, pictures, settings.decode, engine, notes, Progress(stop));
    createFolder(options.out);

    const fs::path out = options.out;
    std::optional<EvaluateRun::Result> result =
        EvaluateRun(engine, settings, measures.all()).evaluateAll(pictures, out, stop);
    if (!result) {
        printError("stopped: no result was written; go on with --resume");
        return ExitFailure;
    }
    if (result->kept > 0)
        printError(std::to_string(result->kept) + " pictures were named by an earlier run");
    if (result->evaluation.n() == 0)
        throw Error(ErrorCode::Unreadable, options.data, "expected pictures to evaluate, but every one failed");
    const std::vector<PointingRow> rows = measures.pointing();
    noteZeros(result->evaluation, classes, rows, notes);
    for (const std::string& note : notes)
        printError(note);
    EvaluationReport report{std::move(result->evaluation),
                            model,
                            std::move(classes),
                            options.data,
                            settings.preprocess,
                            engine.device().name,
                            result->seconds,
                            std::move(result->leftOut),
                            settings.decode,
                            result->remarks,
                            std::move(listing.skipped),
                            std::move(notes),
                            EnergyReference(std::move(result->energies)),
                            result->kept};
    const OffscreenGui gui;
    writeEvaluation(out, report);
    measures.write(out, report.table(), options.seed);
    if (options.json)
        printJson(report, mainRows(rows), measures.consistency());
    else
        printTable(report, mainRows(rows), measures.consistency(), options.out);
    printRemarks(report.remarks);
    return report.leftOut.empty() && result->measureFailures == 0 ? ExitSuccess : ExitFailure;
}

} // namespace ocellus
