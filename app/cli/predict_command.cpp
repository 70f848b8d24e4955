// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/predict_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>

#include "app/cli/class_choice.h"
#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/output_plan.h"
#include "app/cli/terminal_progress.h"
#include "core/analysis/prediction_table.h"
#include "core/base/error.h"
#include "core/base/read_ahead.h"
#include "core/dataset/sorted_folders.h"
#include "core/evaluation/picture_naming.h"
#include "core/evaluation/pictures_at_a_time.h"
#include "core/io/atomic_file.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

void requireSound(const PredictOptions& options)
{
    if (options.images.empty() == options.imageFolder.empty())
        throw Error(ErrorCode::BadArgument, "predict",
                    std::string("expected --image or --images, got ") + (options.images.empty() ? "neither" : "both"));
    if (!options.replace && fs::exists(options.out))
        throw Error(ErrorCode::BadArgument, "--out", "expected a file that is not there yet, got " + options.out,
                    "Corrections by hand may be in it; give --replace where it may go");
    if (options.dryRun && options.sortInto.empty())
        throw Error(ErrorCode::BadArgument, "--dry-run", "expected --sort-into with it");
}

ImageListing listPictures(const PredictOptions& options, const std::stop_token& stop)
{
    ImageListing listing;
    if (!options.imageFolder.empty())
        listing = listImages(options.imageFolder, stop);
    for (const std::string& path : options.images)
        listing.images.push_back(singlePicture(path));
    if (listing.images.empty())
        throw Error(ErrorCode::NotFound, options.imageFolder, "expected pictures in the folder, found none");
    return listing;
}

constexpr std::size_t picturesAhead = 4; ///< named and waiting for their turn

/// Names pictures with an open model, several at a time and told in their order.
class PredictRun {
public:
    PredictRun(Engine& engine, std::size_t atATime, ClassTable table, AskingSettings asking, KeptTrust trust)
        : m_engine(engine),
          m_atATime(atATime),
          m_table(std::move(table)),
          m_asking(std::move(asking)),
          m_trust(std::move(trust)),
          m_source(predictionSource(*engine.model(), "Ocellus " OCELLUS_VERSION))
    {
    }

    /// False where one failed or a stop came.
    bool nameAll(const std::vector<ImageFile>& pictures, const fs::path& out, const std::stop_token& stop)
    {
        AtomicFile csv(out);
        std::string lines = predictionHeader(); // written at the end: a full disk is no fault of a picture
        TerminalProgress terminal(pictures.size());
        std::size_t done = 0;
        bool allWorked = true;
        ReadAhead<NamedPrediction> named(
            pictures.size(), picturesAhead,
            [&](std::size_t index) {
                return namePicture(m_engine, pictures[index], m_asking, m_trust, Progress(stop));
            },
            m_atATime);
        for (const ImageFile& picture : pictures) {
            terminal.begin(done++, picture.relative.generic_string());
            try {
                const NamedPrediction prediction = named.next();
                terminal.clear();
                lines += predictionLine(prediction, m_table, m_source);
                tell(prediction);
                m_sorted.push_back({picture.path, sortingFolder(prediction, m_table), {}});
            } catch (const std::exception& error) {
                terminal.clear();
                allWorked = false;
                if (stop.stop_requested())
                    break;
                printError(describe(error, picture.path.string()));
            }
        }
        if (!m_sorted.empty()) {
            csv.write(lines);
            csv.commit();
        }
        return allWorked;
    }

    std::vector<SortedPicture>& sorted() { return m_sorted; }

private:
    void tell(const NamedPrediction& prediction) const
    {
        std::cout << oneLine(prediction.picture) << '\t' << oneLine(scientificName(m_table, prediction.classIndex))
                  << '\t' << numberText(static_cast<float>(prediction.probability)) << '\t'
                  << (prediction.isUnusual == true ? "unusual" : "") << std::endl;
    }

    Engine& m_engine;
    std::size_t m_atATime;
    ClassTable m_table;
    AskingSettings m_asking;
    KeptTrust m_trust;
    PredictionSource m_source;
    std::vector<SortedPicture> m_sorted;
};

/// Before the run, as a run's time is lost where nothing can be sorted after it.
void requireSortable(const PredictOptions& options, const std::vector<ImageFile>& pictures)
{
    if (options.sortInto.empty())
        return;
    std::vector<SortedPicture> trial;
    for (const ImageFile& picture : pictures)
        trial.push_back({picture.path, std::to_string(trial.size()), {}}); // species are not known yet
    planSorting(trial, options.sortInto);
}

void sortAll(const PredictOptions& options, std::vector<SortedPicture>& pictures, const std::stop_token& stop)
{
    planSorting(pictures, options.sortInto);
    if (options.dryRun) {
        for (const SortedPicture& picture : pictures)
            std::cout << (options.copy ? "copy" : "link") << '\t' << oneLine(picture.from.string()) << '\t'
                      << oneLine(picture.to.string()) << '\n';
        return;
    }
    sortPictures(pictures, options.copy ? SortBy::Copy : SortBy::Link, Progress(stop));
}

} // namespace

CLI::App* addPredictCommand(CLI::App& app, PredictOptions& options)
{
    CLI::App* command = app.add_subcommand("predict", "Name new pictures: a table with Darwin Core's terms");
    command->add_option("--checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    command->add_option("--images", options.imageFolder, "A folder of pictures, with sub-folders");
    command->add_option("--image", options.images, "Pictures");
    command->add_option("--classes", options.classTable, "Names of the classes: text, JSON, CSV or an image folder");
    addClassOrderOption(*command, options.classOrder);
    addImageSizeOption(*command, options.imageSize);
    addDecodeFlags(*command, options.decode);
    CLI::Option* evaluation = command->add_option(
        "--evaluation", options.evaluation,
        "The evaluation.json that says what is usual; without it, what the checkpoint keeps of its validation");
    command
        ->add_flag("--temperature", options.temperature,
                   "Divide logits by the evaluation's temperature, so that probabilities can be believed")
        ->needs(evaluation);
    CLI::Option* sort = command->add_option("--sort-into", options.sortInto,
                                            "A folder that gets one a species, with a link to each picture");
    command->add_flag("--copy", options.copy, "With --sort-into: copies instead of links")->needs(sort);
    command->add_flag("--dry-run", options.dryRun, "With --sort-into: tell where pictures would go, and move nothing");
    command->add_flag("--replace", options.replace, "A table of the name given may be there, and goes");
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    command->add_option("--out", options.out, "The table: a CSV file")->required();
    command->footer("Pictures unlike anything that the model was trained on are told as unusual, and sorted into a\n"
                    "folder of that name, where the checkpoint or --evaluation tells what is usual.");
    return command;
}

int runPredict(const PredictOptions& options, const std::stop_token& stop)
{
    requireSound(options);
    const std::optional<FolderOrder> order = chosenOrder(options.classOrder);
    const std::optional<ClassTable> given = givenClasses(options.classTable, order);
    std::optional<KeptTrust> trust;
    if (!options.evaluation.empty())
        trust = trustOfEvaluation(options.evaluation, options.temperature);
    const ImageListing listing = listPictures(options, stop);
    requireSortable(options, listing.images);
    Engine engine(askingOptions(options.engine));
    const ModelDescription& model = engine.open(options.checkpoint, Progress(stop));
    requireClasses(model, "predict");
    if (!trust)
        trust = trustOfModel(model.training);
    printSkipped(listing.skipped);
    printError(trust->description().empty()
                   ? "nothing tells which pictures are unusual: give --evaluation, or a checkpoint with energies"
                   : "unusual: " + trust->description());
    const AskingSettings asking{options.imageSize.empty() ? model.preprocess.value_or(PreprocessOptions())
                                                          : parsePreprocess(options.imageSize, "--image-size"),
                                decodeOptions(options.decode)};
    PredictRun run(engine, picturesAtATime(options.engine, engine, asking.preprocess), classesOf(given, model, order),
                   asking, *trust);
    const bool allWorked = run.nameAll(listing.images, options.out, stop);
    if (stop.stop_requested())
        printError("stopped: nothing is sorted");
    else if (!options.sortInto.empty())
        sortAll(options, run.sorted(), stop);
    return allWorked ? ExitSuccess : ExitFailure;
}

} // namespace ocellus
