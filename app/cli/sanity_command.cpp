// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sanity_command.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <locale>
#include <sstream>

#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/source_choice.h"
#include "app/cli/terminal_progress.h"
#include "core/analysis/rank_correlation.h"
#include "core/base/error.h"
#include "core/data/image_folder.h"
#include "core/explain/sanity_json.h"
#include "core/explain/sanity_run.h"
#include "core/image/decode.h"
#include "core/io/atomic_file.h"
#include "core/io/json_text.h"

namespace ocellus {

namespace {

/// Evenly over the folder, which is sorted by class.
std::vector<SanityPicture> picturesOf(const SanityOptions& options, const std::stop_token& stop)
{
    std::vector<std::filesystem::path> paths(options.images.begin(), options.images.end());
    if (!options.imageFolder.empty())
        for (const ImageFile& file : listImages(options.imageFolder, stop).images)
            paths.push_back(file.path);
    const std::size_t count = std::min(paths.size(), static_cast<std::size_t>(options.limit));
    std::vector<SanityPicture> pictures;
    for (std::size_t i = 0; i < count; ++i) {
        const std::filesystem::path& path = paths[i * paths.size() / count];
        pictures.push_back({path.filename().string(), decodeWithFacts(path, decodeOptions(options.decode)).picture});
    }
    return pictures;
}

void print(const SanityReport& report)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << std::setprecision(2) << "pictures\t" << report.pictures
         << "\nrank correlation with the trained "
         << "network's map, each stage with all before it randomised\nstage";
    for (const SanitySource& source : report.sources)
        text << '\t' << source.label;
    text << '\n';
    for (std::size_t stage = 0; stage < report.sources.front().stages.size(); ++stage) {
        text << report.sources.front().stages[stage].stage;
        for (const SanitySource& source : report.sources) {
            const SanityComparison& comparison = source.stages[stage];
            text << '\t' << comparison.spearman << (comparison.canMove ? "" : " (cannot move)");
        }
        text << '\n';
    }
    text << "chance, +-";
    for (const SanitySource& source : report.sources)
        text << '\t' << rankCorrelationSpread(source.cells);
    text << "\nverdict at " << report.deciding;
    for (const SanitySource& source : report.sources)
        text << '\t' << toString(verdictOf(source, report.deciding));
    std::cout << text.str() << std::endl;
}

} // namespace

CLI::App* addSanityCommand(CLI::App& app, SanityOptions& options)
{
    CLI::App* command =
        app.add_subcommand("sanity", "Whether maps depend on what the network has learnt: cascading randomisation");
    command->add_option("--checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    CLI::Option* images = command->add_option("--image", options.images, "Pictures");
    images->excludes(command->add_option("--images", options.imageFolder, "A folder of pictures, with sub-folders"));
    command->add_option("--limit", options.limit, "Pictures that are looked at at most, evenly over the folder")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    addSourceOption(*command, options.sources)->capture_default_str();
    addImageSizeOption(*command, options.imageSize);
    command->add_option("--seed", options.seed, "Of the random weights")->capture_default_str();
    addDecodeFlags(*command, options.decode);
    command->add_flag("--json", options.json, "The report as one JSON object on stdout");
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    command->add_option("--out", options.out, "A file for the report as JSON");
    command->footer(
        "Attention does not depend on what lies behind the last cross-attention: it cannot move there, which\n"
        "is no failure. A source passes where the rank correlation is below 0.3 at the deciding stage: INTR's whole\n"
        "decoder, Prompt-CAM's prompts (with its head all that was trained: they are randomised before any block of\n"
        "the frozen network), else the last stage or block of the backbone.");
    return command;
}

int runSanity(const SanityOptions& options, const std::stop_token& stop)
{
    const SourceChoice sources(options.sources); // before anything is read
    std::vector<SourceText> texts;
    for (const std::string& text : options.sources)
        texts.push_back(parseSource(text));
    const std::vector<SanityPicture> pictures = picturesOf(options, stop);
    if (pictures.empty())
        throw Error(ErrorCode::BadArgument, "sanity", "expected pictures by --image or --images, got none");
    Engine engine(options.engine);
    const ModelDescription& model = engine.open(options.checkpoint, Progress(stop),
                                                [&](const ModelDescription& opened) { sources.require(opened); });
    const PreprocessOptions preprocess = options.imageSize.empty() ? model.preprocess.value_or(PreprocessOptions())
                                                                   : parsePreprocess(options.imageSize, "--image-size");

    TerminalProgress terminal(randomisationStages(model.config).size() + 1);
    const std::size_t stages = randomisationStages(model.config).size() + 1;
    terminal.begin(0, "trained");
    SanityRun run(options.checkpoint, options.engine, options.seed);
    const SanityReport report = run.run(pictures, preprocess, texts, terminal.progress(stop), [&](double fraction) {
        terminal.begin(static_cast<std::size_t>(fraction * static_cast<double>(stages) + 0.5), "randomised");
    });
    terminal.clear();
    const nlohmann::ordered_json json = jsonOf(report);
    if (!options.out.empty())
        writeFileAtomically(options.out, jsonText(json, 2));
    if (options.json)
        std::cout << jsonText(json) << std::flush;
    else
        print(report);
    return ExitSuccess;
}

} // namespace ocellus
