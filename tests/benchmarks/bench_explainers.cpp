// SPDX-License-Identifier: GPL-3.0-or-later
// Times other sources of maps beside a pass of the model: bench_explainers CHECKPOINT [HEIGHT WIDTH [REPEAT]], 800,
// 1200 and 5 where they are left out. CHECKPOINT "formula" is ResNet-50 with 200 classes and weights by formula.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <vector>

#include "app/start/prepare_to_compute.h"
#include "core/base/error.h"
#include "core/explain/head_importance.h"
#include "core/explain/source_table.h"
#include "core/model/formula_source.h"
#include "tests/benchmarks/cost.h"
#include "tests/benchmarks/formula_file.h"

namespace ocellus {
namespace {

struct ExplainerBench {
    int height = 800;
    int width = 1200;
    int repeat = 5;
};

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// What was tried in turns: each try stands beside a pass under the same load.
struct Tries {
    std::string name;
    std::vector<Cost> costs;

    double median(double Cost::*time) const
    {
        std::vector<double> values;
        for (const Cost& cost : costs)
            values.push_back(cost.*time);
        return medianOf(values);
    }

    double fastest(double Cost::*time) const
    {
        double least = costs.front().*time;
        for (const Cost& cost : costs)
            least = std::min(least, cost.*time);
        return least;
    }

    double medianRatio(const Tries& passes, double Cost::*time) const
    {
        std::vector<double> ratios;
        for (std::size_t i = 0; i < costs.size(); ++i)
            ratios.push_back(costs[i].*time / (passes.costs[i].*time));
        return medianOf(ratios);
    }
};

void print(const Tries& tries)
{
    std::printf("%-24s wall: fastest %8.2f ms, median %8.2f ms; processor: fastest %8.2f ms, median %8.2f ms",
                tries.name.c_str(), tries.fastest(&Cost::wall), tries.median(&Cost::wall),
                tries.fastest(&Cost::processor), tries.median(&Cost::processor));
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

    std::shared_ptr<const Encoding> encoding = engine.encode(input);
    std::shared_ptr<const Decoding> decoding = engine.decode(encoding, {});
    const SourceSubject subject{picture, {}, input, encoding, decoding};
    const bool hasHeads = decoding->extent().layers > 0;
    const int classes = static_cast<int>(decoding->logits().size());
    std::printf("peak memory after a pass %.0f MB\n", peakMegabytes());
    probe.trace(input, probe.stage("grid")); // loads the network

    Tries passes{"a forward pass", {}};
    Tries heads{"all heads of a class", {}};
    std::vector<Tries> sources;
    for (const char* id : {"mean", "gradcam", "finercam", "gradient-attention"})
        if (table.source(id).unfit(probe.model()).empty())
            sources.push_back({id, {}});
    for (int i = 0; i < bench.repeat; ++i) {
        passes.costs.push_back(costOf([&] { engine.decode(engine.encode(input), {}); }));
        if (hasHeads)
            heads.costs.push_back(costOf([&] { headImportance(engine, *encoding, *decoding, {i % classes}); }));
        for (Tries& tries : sources) {
            const ExplanationSource& source = table.source(tries.name);
            tries.costs.push_back(costOf([&] {
                SourceTable::maps(source, engine, probe, subject, {i % classes},
                                  SourceSettings(source.traits().options));
            }));
        }
    }
    print(passes);
    std::printf("\n");
    if (hasHeads) {
        print(heads);
        std::printf("\n");
    }
    for (const Tries& tries : sources) {
        print(tries);
        std::printf("; %.2f of a pass by the clock, %.2f by the processor\n", tries.medianRatio(passes, &Cost::wall),
                    tries.medianRatio(passes, &Cost::processor));
    }
    std::printf("peak memory after all of it %.0f MB\n", peakMegabytes());
    return 0;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    ocellus::prepareToCompute(argv);
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
