// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_command.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/peak_memory.h"
#include "app/cli/stage_clock.h"
#include "core/base/error.h"
#include "core/image/preprocess.h"

namespace ocellus {

namespace {

/// Milliseconds of every repetition, by stage in the order of the table.
class Timings {
public:
    void add(std::string_view stage, double milliseconds) { series(stage).push_back(milliseconds); }

    nlohmann::ordered_json summary() const
    {
        nlohmann::ordered_json result;
        for (const auto& [stage, values] : m_stages) {
            std::vector<double> sorted = values;
            std::sort(sorted.begin(), sorted.end());
            const double median = (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]) / 2;
            result[stage] = {{"median_ms", median}, {"min_ms", sorted.front()}, {"max_ms", sorted.back()}};
        }
        return result;
    }

private:
    std::vector<double>& series(std::string_view stage)
    {
        const auto found =
            std::find_if(m_stages.begin(), m_stages.end(), [&](const auto& entry) { return entry.first == stage; });
        if (found != m_stages.end())
            return found->second;
        return m_stages.emplace_back(stage, std::vector<double>()).second;
    }

    std::vector<std::pair<std::string, std::vector<double>>> m_stages;
};

/// A change of the active classes that is timed.
struct Limit {
    std::string_view stage;
    LimitMode mode;
    int active;
};

constexpr std::array<Limit, 5> limits = {{{"limit_zero_2", LimitMode::Zero, 2},
                                          {"limit_zero_20", LimitMode::Zero, 20},
                                          {"limit_drop_2", LimitMode::Drop, 2},
                                          {"limit_drop_5", LimitMode::Drop, 5},
                                          {"limit_drop_20", LimitMode::Drop, 20}}};
constexpr std::string_view usualLimit = "limit_zero_20";

Size parseSize(const std::string& text)
{
    const auto side = [](std::string_view digits) {
        int value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size() ? value : 0;
    };
    const std::size_t cross = std::min(text.find('x'), text.size());
    const int height = side(std::string_view(text).substr(0, cross));
    const int width = cross < text.size() ? side(std::string_view(text).substr(cross + 1)) : 0;
    if (height < 1 || width < 1 || height > largestInputSide || width > largestInputSide)
        throw Error(ErrorCode::BadArgument, "--size",
                    "expected HEIGHTxWIDTH with sides from 1 to " + std::to_string(largestInputSide) + ", got \"" +
                        text + "\"");
    return {width, height};
}

/// Pixels without a pattern; the arithmetic costs the same for any.
Picture noise(Size size)
{
    Picture picture{size, std::vector<std::uint8_t>(static_cast<std::size_t>(size.width) *
                                                    static_cast<std::size_t>(size.height) * 3)};
    std::uint32_t state = 1;
    for (std::uint8_t& value : picture.rgb) {
        state = state * 1664525U + 1013904223U; // Numerical Recipes' generator
        value = static_cast<std::uint8_t>(state >> 24);
    }
    return picture;
}

double millisecondsOf(const std::function<void()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

/// Runs the stages of one checkpoint once and writes their times down, where they are wanted.
class Bench {
public:
    /// The picture is twice the input's size.
    Bench(Engine& engine, Size inputSize, const PreprocessOptions& options, std::stop_token stop)
        : m_engine(engine),
          m_stop(std::move(stop)),
          m_picture(noise({inputSize.width * 2, inputSize.height * 2})),
          m_options(options)
    {
    }

    /// Milliseconds of the whole pass, from the preprocessed picture to the answer.
    double runOnce(Timings* timings)
    {
        ModelInput input;
        const auto note = [&](std::string_view stage, double milliseconds) {
            if (timings)
                timings->add(stage, milliseconds);
        };
        note("preprocess", millisecondsOf([&] { input = preprocess(m_picture, m_options); }));

        StageClock clock;
        std::shared_ptr<const Encoding> encoding;
        std::shared_ptr<const Decoding> decoding;
        const std::clock_t begin = std::clock(); // of all cores, which other programs' work does not lengthen
        const double total = millisecondsOf([&] {
            encoding = m_engine.encode(input, clock.progress(m_stop));
            decoding = m_engine.decode(encoding, {}, clock.progress(m_stop));
        });
        const double processor = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        note("backbone", clock.milliseconds(Stage::Backbone));
        const ModelOffer& offer = m_engine.model()->offer;
        if (offer.canLimit) {
            note("encoder", clock.milliseconds(Stage::Encoder));
            note("decoder", clock.milliseconds(Stage::Decoder));
        }
        note("total", total);
        note("processor", processor);
        if (decoding->extent().layers > 0)
            note("next_class", millisecondsOf([&] { readMaps(*decoding, ++m_class); }));
        if (offer.canLimit || offer.canDrop)
            runLimits(encoding, note);
        return total;
    }

private:
    /// What the window reads of a class that is chosen: all heads of the last layer.
    static void readMaps(const Decoding& decoding, int place)
    {
        const std::vector<int> classes = decoding.classes();
        const int classIndex = classes[static_cast<std::size_t>(place) % classes.size()];
        const Decoding::Extent& extent = decoding.extent();
        for (int head = 0; head < extent.heads; ++head) {
            decoding.attention(extent.layers - 1, head, classIndex);
            decoding.scores(extent.layers - 1, head, classIndex);
        }
        decoding.meanAttention(extent.layers - 1, classIndex);
    }

    template <typename Note>
    void runLimits(const std::shared_ptr<const Encoding>& encoding, const Note& note)
    {
        note("all_classes", millisecondsOf([&] { m_engine.decode(encoding, {}, Progress(m_stop)); }));
        for (const Limit& limit : limits) {
            if (limit.mode == LimitMode::Zero && !m_engine.model()->offer.canLimit)
                continue;
            QuerySet set{limit.mode, std::vector<int>(static_cast<std::size_t>(
                                         std::min(limit.active, m_engine.model()->offer.classes)))};
            std::iota(set.active.begin(), set.active.end(), 0);
            const double time = millisecondsOf([&] { m_engine.decode(encoding, set, Progress(m_stop)); });
            note(limit.stage, time);
            if (limit.stage == usualLimit)
                note("limit", time);
        }
    }

    Engine& m_engine;
    std::stop_token m_stop;
    Picture m_picture;
    PreprocessOptions m_options;
    int m_class = 0; ///< the place of the one that was read last
};

/// "mobilenet_v2, dilated, head shared".
std::string modelName(const ModelConfig& config)
{
    if (config.vit)
        return "vit, width " + std::to_string(config.vit->width) + ", patch " + std::to_string(config.vit->patchSize) +
               ", head " + std::string(toString(config.head));
    if (config.prototypes)
        return nameOf(config.prototypes->features) + ", head " + std::string(toString(config.head));
    std::string name(toString(config.backbone));
    if (config.lastStage != 4)
        name += " to layer" + std::to_string(config.lastStage);
    if (config.backboneWidth != ModelConfig().backboneWidth)
        name += ", width " + std::to_string(config.backboneWidth);
    if (config.dilation)
        name += ", dilated";
    return name + ", head " + std::string(toString(config.head));
}

void printTable(const nlohmann::ordered_json& result)
{
    const auto value = [](const nlohmann::ordered_json& number) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%12.1f", number.get<double>());
        return std::string(text.data());
    };
    std::cout << result["model"].get<std::string>() << '\n' << "stage             median ms      min ms      max ms\n";
    for (const auto& [name, entry] : result.items())
        if (entry.is_object())
            std::cout << name << std::string(15 - name.size(), ' ') << value(entry["median_ms"])
                      << value(entry["min_ms"]) << value(entry["max_ms"]) << '\n';
    std::cout << "peak memory    " << value(result["peak_rss_mb"]) << " MB\n"
              << result["device"].get<std::string>() << ", input " << result["size"].get<std::string>() << ", "
              << result["repeat"] << " times\n";
}

} // namespace

CLI::App* addBenchCommand(CLI::App& app, BenchOptions& options)
{
    CLI::App* command = app.add_subcommand("bench", "Time every stage of the model on this machine");
    command->add_option("--checkpoint", options.checkpoint, "The model: .pth, .pt or .safetensors")->required();
    addImageSizeOption(*command, options.imageSize)
        ->excludes(command->add_option("--size", options.size, "Exactly this input, HEIGHTxWIDTH"));
    command->add_option("--repeat", options.repeat, "How often, after one warm-up")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    command->add_flag("--json", options.json, "For programs");
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    return command;
}

int runBench(const BenchOptions& options, const std::stop_token& stop)
{
    const Size given = options.size.empty() ? Size() : parseSize(options.size);
    EngineOptions engineOptions = options.engine;
    engineOptions.encodingCacheBytes = 0;
    engineOptions.decodingCacheBytes = 0;
    Engine engine(engineOptions);
    const ModelDescription& model = engine.open(options.checkpoint, Progress(stop));
    PreprocessOptions preprocessing = model.preprocess.value_or(PreprocessOptions());
    if (!options.size.empty())
        preprocessing = {std::min(given.width, given.height), std::max(given.width, given.height)}; // as it is
    else if (!options.imageSize.empty())
        preprocessing = parsePreprocess(options.imageSize, "--image-size");
    const Size size = options.size.empty() ? inputPlace({3000, 2000}, preprocessing).input : given;
    if (preprocessing.cropSide > 0) // the picture of that size is what the crop would leave
        preprocessing = {std::min(size.width, size.height), std::max(size.width, size.height)};

    Bench bench(engine, size, preprocessing, stop);
    Timings timings;
    timings.add("first_pass", bench.runOnce(nullptr)); // with what is made once for all pictures
    for (int i = 0; i < options.repeat; ++i)
        bench.runOnce(&timings);

    nlohmann::ordered_json result = timings.summary();
    result["peak_rss_mb"] = peakMegabytes();
    result["device"] = engine.device().name;
    result["threads"] = engine.device().threads;
    result["gigaflops"] = engine.device().gigaflops;
    result["size"] = std::to_string(size.height) + "x" + std::to_string(size.width);
    result["model"] = modelName(model.config);
    result["repeat"] = options.repeat;
    if (options.json)
        std::cout << result.dump(2) << '\n';
    else
        printTable(result);
    return ExitSuccess;
}

} // namespace ocellus
