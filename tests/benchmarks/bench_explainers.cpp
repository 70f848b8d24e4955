// SPDX-License-Identifier: GPL-3.0-or-later
// Times other sources of maps beside a pass of the model: bench_explainers CHECKPOINT [HEIGHT WIDTH [REPEAT]], 800,
// 1200 and 5 where they are left out. CHECKPOINT "formula" is ResNet-50 with 200 classes and weights by formula.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <sys/resource.h>
#include <vector>

#include "core/base/error.h"
#include "core/explain/head_importance.h"
#include "core/explain/source_table.h"
#include "core/model/formula_source.h"
#include "tests/benchmarks/formula_file.h"

namespace ocellus {
namespace {

using Clock = std::chrono::steady_clock;

struct ExplainerBench {
    int height = 800;
    int width = 1200;
    int repeat = 5;
};

template <typename Work>
double milliseconds(Work work)
{
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void print(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%-28s fastest %8.2f ms, median %8.2f ms; peak memory so far %.0f MB\n", what, times.front(),
                times[times.size() / 2], peakMegabytes());
}

int runBench(const std::filesystem::path& checkpoint, const ExplainerBench& bench)
{
    EngineOptions options;
    options.encodingCacheBytes = options.decodingCacheBytes = 0;
    Engine engine(options);
    engine.open(checkpoint);
    ModelProbe probe(engine);
    const SourceTable table;
    Picture picture{{bench.width, bench.height}, {}};
    ModelInput input{picture.size, picture.size, {}, {}};
    input.values.resize(static_cast<std::size_t>(3 * bench.width * bench.height));
    fillByFormula("image", -2, 2, input.values);
    input.key = contentKey(std::as_bytes(std::span(input.values)));

    std::vector<double> passes;
    std::shared_ptr<const Encoding> encoding;
    std::shared_ptr<const Decoding> decoding;
    for (int i = 0; i < bench.repeat; ++i)
        passes.push_back(milliseconds([&] {
            encoding = engine.encode(input);
            decoding = engine.decode(encoding, {});
        }));
    print("a forward pass", passes);
    const SourceSubject subject{picture, {}, input, encoding, decoding};
    if (decoding->extent().layers > 0) {
        std::vector<double> heads;
        for (int i = 0; i < 4 * bench.repeat; ++i)
            heads.push_back(
                milliseconds([&] { headImportance(engine, *encoding, *decoding, {i % decoding->extent().classes}); }));
        print("all heads of a class", heads);
    }
    probe.trace(input, probe.stage("grid")); // loads the network
    for (const char* id : {"mean", "gradcam", "finercam", "gradient-attention"}) {
        const ExplanationSource& source = table.source(id);
        if (!source.unfit(probe.model()).empty())
            continue;
        std::vector<double> times;
        for (int i = 0; i < bench.repeat; ++i)
            times.push_back(milliseconds([&] {
                SourceTable::maps(source, engine, probe, subject, {i % decoding->extent().classes},
                                  SourceSettings(source.traits().options));
            }));
        print(id, times);
    }
    return 0;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    ocellus::ExplainerBench bench;
    int* const numbers[] = {&bench.height, &bench.width, &bench.repeat};
    for (int i = 2; i < std::min(argc, 5); ++i)
        *numbers[i - 2] = std::atoi(argv[i]);
    if (argc < 2 || bench.height < 1 || bench.width < 1 || bench.repeat < 1) {
        std::fprintf(stderr, "usage: bench_explainers CHECKPOINT [HEIGHT WIDTH [REPEAT]]\n");
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
