// SPDX-License-Identifier: GPL-3.0-or-later
// How alike the maps of two seeds are, and what each cost: bench_rise CHECKPOINT SOURCE PICTURE..., as SOURCE "rise",
// "rise:masks=500" or "rise:published=yes". The class is the one that the model names; the pictures are prepared as the
// checkpoint says.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/start/prepare_to_compute.h"
#include "core/analysis/rank_correlation.h"
#include "core/base/error.h"
#include "core/explain/source_table.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "tests/benchmarks/cost.h"

namespace ocellus {
namespace {

constexpr int seeds = 2;

struct Totals {
    double correlation = 0, lowest = 1, wall = 0, longest = 0, processor = 0;
    int pictures = 0;
};

void measure(Engine& engine, ModelProbe& probe, SourceText text, const char* path, Totals& totals)
{
    const SourceTable table;
    const ExplanationSource& source = table.source(text.source);
    const Picture picture = decodePicture(path);
    const PreprocessOptions options = engine.model()->preprocess.value_or(PreprocessOptions());
    const ModelInput input = preprocess(picture, options);
    const auto encoding = engine.encode(input);
    const auto decoding = engine.decode(encoding, {});
    const std::vector<float>& logits = decoding->logits();
    const int classIndex = static_cast<int>(std::ranges::max_element(logits) - logits.begin());
    std::vector<SourceMap> maps;
    Cost slowest, sum;
    for (int seed = 0; seed < seeds; ++seed) {
        text.options["seed"] = std::to_string(seed);
        const Cost cost = costOf([&] {
            maps.push_back(SourceTable::maps(source, engine, probe, {picture, options, input, encoding, decoding},
                                             {classIndex}, table.settings(text))
                               .front());
        });
        slowest = {std::max(slowest.wall, cost.wall), std::max(slowest.processor, cost.processor)};
        sum = {sum.wall + cost.wall, sum.processor + cost.processor};
    }
    const double correlation = rankCorrelation(maps[0].values, maps[1].values);
    std::printf("%-60s masks %4d and %4d  rank correlation %6.3f  at most %5.1f s, of the processor %5.1f s\n", path,
                maps[0].count, maps[1].count, correlation, slowest.wall / 1e3, slowest.processor / 1e3);
    totals.correlation += correlation;
    totals.lowest = std::min(totals.lowest, correlation);
    totals.wall += sum.wall / seeds / 1e3;
    totals.longest = std::max(totals.longest, slowest.wall / 1e3);
    totals.processor += sum.processor / seeds / 1e3;
    ++totals.pictures;
}

void run(int argc, char** argv)
{
    EngineOptions options;
    options.encodingCacheBytes = options.decodingCacheBytes = 0;
    Engine engine(options);
    engine.open(argv[1]);
    ModelProbe probe(engine);
    Totals totals;
    for (int i = 3; i < argc; ++i)
        measure(engine, probe, parseSource(argv[2]), argv[i], totals);
    double load = 0;
    getloadavg(&load, 1);
    std::printf("%s, %d pictures: rank correlation %.3f in the mean, %.3f at least; a map in %.1f s (%.1f at most), of "
                "the processor %.1f s (load of the machine %.1f)\n",
                argv[2], totals.pictures, totals.correlation / totals.pictures, totals.lowest,
                totals.wall / totals.pictures, totals.longest, totals.processor / totals.pictures, load);
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    ocellus::prepareToCompute(argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // what came out stands there, whatever comes next
    if (argc < 4) {
        std::fprintf(stderr, "usage: bench_rise CHECKPOINT SOURCE PICTURE...\n");
        return 2;
    }
    try {
        ocellus::run(argc, argv);
        return 0;
    } catch (const ocellus::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
