// SPDX-License-Identifier: GPL-3.0-or-later
// Times full passes and passes after a change of a box in turn: bench_edit CHECKPOINT [BOX [HEIGHT WIDTH [REPEAT
// [DEVICE]]]], 64, 800, 1200 and 5 where they are left out. CHECKPOINT "formula" is ResNet-50 with 200 classes and
// weights by formula, written to the folder for temporary files. Prints the median of the ratios of neighbours, so that
// a busy machine slows both alike.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/engine/engine.h"
#include "core/model/formula_source.h"
#include "tests/benchmarks/formula_file.h"

namespace ocellus {
namespace {

struct Pass {
    double backbone = 0; // milliseconds
    double whole = 0;    // encode and decode
    std::vector<float> logits;
};

struct Bench {
    int box = 64;
    int height = 800;
    int width = 1200;
    int repeat = 5;
    std::string device = "cpu";
};

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

ModelInput withKey(ModelInput input)
{
    input.key = contentKey(std::as_bytes(std::span(input.values)));
    return input;
}

ModelInput plainInput(const Bench& bench)
{
    ModelInput input;
    input.pictureSize = input.inputSize = {bench.width, bench.height};
    input.values.resize(static_cast<std::size_t>(3 * bench.width * bench.height));
    fillByFormula("image", -2, 2, input.values);
    return withKey(input);
}

/// Turns the box's pixels into their negatives.
ModelInput edited(ModelInput input, const Bench& bench, int x0, int y0)
{
    for (int channel = 0; channel < 3; ++channel)
        for (int y = y0; y < y0 + bench.box; ++y)
            for (int x = x0; x < x0 + bench.box; ++x) {
                float& value = input.values[static_cast<std::size_t>((channel * bench.height + y) * bench.width + x)];
                value = -value;
            }
    return withKey(std::move(input));
}

Pass run(Engine& engine, const ModelInput& input)
{
    Pass pass;
    const auto begin = Clock::now();
    const Progress progress({}, [&](Stage stage, double fraction) {
        if (stage == Stage::Backbone && fraction == 1)
            pass.backbone = millisecondsSince(begin); // with the search for the changed box
    });
    pass.logits = engine.decode(engine.encode(input, progress), {})->logits();
    pass.whole = millisecondsSince(begin);
    return pass;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

int runBench(const std::filesystem::path& checkpoint, const Bench& bench)
{
    EngineOptions options;
    options.device = bench.device;
    options.encodingCacheBytes = options.decodingCacheBytes = 0;
    Engine full(options);
    full.open(checkpoint);
    options.followEdits = true;
    Engine partial(options);
    partial.open(checkpoint);
    const ModelInput plain = plainInput(bench);
    run(full, plain);
    run(partial, plain);
    std::printf("trace          %8.1f MB\n", static_cast<double>(partial.editBytes()) / 1e6);

    std::mt19937 random(1);
    std::vector<double> backboneRatios;
    std::vector<double> wholeRatios;
    double difference = 0;
    for (int i = 0; i <= bench.repeat; ++i) {
        const int x = static_cast<int>(random() % static_cast<unsigned>(bench.width - bench.box + 1));
        const int y = static_cast<int>(random() % static_cast<unsigned>(bench.height - bench.box + 1));
        const ModelInput input = edited(plain, bench, x, y);
        const Pass a = run(full, input);
        const Pass b = run(partial, input);
        for (std::size_t c = 0; c < a.logits.size(); ++c)
            difference = std::max(difference, static_cast<double>(std::abs(a.logits[c] - b.logits[c])));
        std::printf("box at %4d,%4d  backbone %7.1f / %6.1f ms  whole %7.1f / %6.1f ms%s\n", x, y, a.backbone,
                    b.backbone, a.whole, b.whole, i == 0 ? "  (warm-up)" : "");
        if (i == 0)
            continue;
        backboneRatios.push_back(a.backbone / b.backbone);
        wholeRatios.push_back(a.whole / b.whole);
    }
    std::printf("backbone       %8.2f times faster\nwhole pass     %8.2f times faster\n", median(backboneRatios),
                median(wholeRatios));
    std::printf("trace and edit %8.1f MB, logits differ by up to %.2g, %lld of %lld passes partial\n",
                static_cast<double>(partial.editBytes()) / 1e6, difference,
                static_cast<long long>(partial.counters().partialEncodes),
                static_cast<long long>(partial.counters().encodes));
    return 0;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    ocellus::Bench bench;
    int* const numbers[] = {&bench.box, &bench.height, &bench.width, &bench.repeat};
    for (int i = 2; i < std::min(argc, 6); ++i)
        *numbers[i - 2] = std::atoi(argv[i]);
    if (argc > 6)
        bench.device = argv[6];
    if (argc < 2 || bench.box < 1 || bench.box > std::min(bench.height, bench.width) || bench.repeat < 1) {
        std::fprintf(stderr, "usage: bench_edit CHECKPOINT [BOX [HEIGHT WIDTH [REPEAT [DEVICE]]]]\n");
        return 2;
    }
    try {
        if (std::string_view(argv[1]) == "formula")
            return ocellus::runBench(ocellus::FormulaFile().path(), bench);
        return ocellus::runBench(argv[1], bench);
    } catch (const ocellus::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
