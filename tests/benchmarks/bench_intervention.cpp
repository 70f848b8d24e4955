// SPDX-License-Identifier: GPL-3.0-or-later
// Times changes of attention by hand beside passes of the whole decoder: bench_intervention CHECKPOINT [HEIGHT WIDTH
// [REPEAT]], 800, 1200 and 20 where they are left out. CHECKPOINT "formula" is ResNet-50 with 200 classes and weights
// by formula.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/engine/engine.h"
#include "core/model/formula_source.h"
#include "tests/benchmarks/formula_file.h"

namespace ocellus {
namespace {

using Clock = std::chrono::steady_clock;

struct Bench {
    int height = 800;
    int width = 1200;
    int repeat = 20;
};

ModelInput formulaInput(const Bench& bench)
{
    ModelInput input;
    input.pictureSize = input.inputSize = {bench.width, bench.height};
    input.values.resize(static_cast<std::size_t>(3 * bench.width * bench.height));
    fillByFormula("image", -2, 2, input.values);
    input.key = contentKey(std::as_bytes(std::span(input.values)));
    return input;
}

template <typename Work>
double milliseconds(Work work)
{
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

void print(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%-28s median %8.2f ms, slowest %8.2f ms\n", what, times[times.size() / 2], times.back());
}

int runBench(const std::filesystem::path& checkpoint, const Bench& bench)
{
    Engine engine;
    engine.open(checkpoint);
    const auto encoding = engine.encode(formulaInput(bench));
    const Decoding::Extent extent = engine.decode(encoding, {})->extent();
    std::printf("%d classes, %d heads, %zu cells\n", extent.classes, extent.heads, extent.cells());

    std::vector<double> decodes;
    std::vector<double> heads;
    std::vector<double> cells;
    for (int i = 0; i < bench.repeat; ++i) {
        // In another order of the same classes, so that nothing is found in the cache.
        QuerySet turned{LimitMode::Drop, {}};
        for (int c = 0; c < extent.classes; ++c)
            turned.active.push_back((c + i + 1) % extent.classes);
        decodes.push_back(milliseconds([&] { engine.decode(encoding, turned); }));
        AttentionIntervention intervention;
        intervention.classIndex = i % extent.classes;
        intervention.heads = {i % extent.heads};
        heads.push_back(milliseconds([&] { engine.decode(encoding, turned, intervention); }));
        intervention.rows = extent.rows;
        intervention.columns = extent.columns;
        intervention.cells[i % extent.heads] = {i % static_cast<int>(extent.cells())};
        intervention.heads.clear();
        cells.push_back(milliseconds([&] { engine.decode(encoding, turned, intervention); }));
    }
    print("the whole decoder", decodes);
    print("a head by hand", heads);
    print("a cell by hand", cells);
    return 0;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    ocellus::Bench bench;
    int* const numbers[] = {&bench.height, &bench.width, &bench.repeat};
    for (int i = 2; i < std::min(argc, 5); ++i)
        *numbers[i - 2] = std::atoi(argv[i]);
    if (argc < 2 || bench.height < 1 || bench.width < 1 || bench.repeat < 1) {
        std::fprintf(stderr, "usage: bench_intervention CHECKPOINT [HEIGHT WIDTH [REPEAT]]\n");
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
