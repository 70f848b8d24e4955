// SPDX-License-Identifier: GPL-3.0-or-later
// What the decoder of ResNet-50's INTR costs with more and more classes: bench_decoder [CLASSES...], 200, 500, 1000,
// 2000, 5000 and 10000 where they are left out; the picture is 800x1200, weights are by formula, on two threads.
//
// Time is processor time of all threads, beside that of its matrix products at the rate of one large sgemm on the same
// threads, measured just before: ratios hold on a busy machine.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <numeric>
#include <vector>

#include "core/model/formula_source.h"
#include "core/model/intr/intr.h"
#include "core/model/torch_headers.h"
#include "tests/benchmarks/process_cost.h"

namespace ocellus {
namespace {

constexpr int threads = 2;
constexpr std::int64_t sgemmSide = 2048;

/// So many passes; the fastest counts.
constexpr int repetitions = 3;

/// Multiplications and additions of the matrix products alone.
double decoderFlops(const ModelConfig& config, double queries, double cells)
{
    const double width = config.hiddenDim;
    const double projections = 6 * queries * width * width;
    const double attention = 2 * queries * (queries + cells) * width;
    const double feedForward = 2 * queries * width * config.feedForward;
    return 2 * config.decoderLayers * (projections + attention + feedForward);
}

/// FLOP a second of processor time.
double sgemmRate()
{
    const at::Tensor a = at::rand({sgemmSide, sgemmSide});
    const double seconds = secondsOf([&a] { at::mm(a, a); });
    return 2 * std::pow(static_cast<double>(sgemmSide), 3) / seconds;
}

struct Point {
    double classes = 0;
    double seconds = 0;
    double megabytes = 0;
};

Point measure(int classes, const Intr::Memory& memory)
{
    ModelConfig config;
    config.queries = classes;
    const Intr model(config, FormulaSource(config), {}, {});
    Intr::Queries queries;
    queries.classes.resize(static_cast<std::size_t>(classes));
    std::iota(queries.classes.begin(), queries.classes.end(), 0);
    queries.logits.classes.assign(queries.classes.begin(), queries.classes.end());
    queries.logits.rows = queries.logits.classes;

    Point point{static_cast<double>(classes), HUGE_VAL, 0};
    double products = HUGE_VAL;
    const auto cells = static_cast<double>(memory.tokens.size(0));
    for (int i = 0; i < repetitions; ++i) {
        products = std::min(products, decoderFlops(config, classes, cells) / sgemmRate());
        const double before = memoryNow();
        point.seconds = std::min(point.seconds, secondsOf([&] { model.decode(memory.projection, queries, {}); }));
        point.megabytes = std::max(point.megabytes, statusMegabytes("VmHWM:") - before);
    }
    std::printf("%8d %12.3f %14.3f %8.2f %12.1f\n", classes, point.seconds, products, point.seconds / products,
                point.megabytes);
    std::fflush(stdout);
    return point;
}

/// Slope of the straight line through the logarithms.
double exponent(const std::vector<Point>& points, double Point::*value)
{
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    for (const Point& point : points) {
        const double x = std::log(point.classes);
        const double y = std::log(point.*value);
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
    }
    const auto n = static_cast<double>(points.size());
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

void runBench(const std::vector<int>& counts)
{
    const c10::InferenceMode inference;
    at::set_num_threads(threads);
    const ModelConfig config;
    const at::Tensor image = at::empty({1, 3, 800, 1200}, at::kFloat);
    fillByFormula("image", -2, 2, {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
    const Intr::Memory memory = Intr(config, FormulaSource(config), {}, {}).encode(image, {});
    std::printf("%d x %d cells, %d threads, sgemm %.0f GFLOP/s on both\n", memory.rows, memory.columns, threads,
                threads * sgemmRate() / 1e9);
    std::printf(" classes  decoder, cpu s  products, s    ratio  MB at most\n");
    std::vector<Point> points;
    for (const int classes : counts)
        points.push_back(measure(classes, memory));
    if (points.size() > 1)
        std::printf("time grows with classes to the power %.2f, memory %.2f\n", exponent(points, &Point::seconds),
                    exponent(points, &Point::megabytes));
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    try {
        std::vector<int> counts;
        for (int i = 1; i < argc; ++i)
            counts.push_back(std::max(1, std::atoi(argv[i])));
        ocellus::runBench(counts.empty() ? std::vector{200, 500, 1'000, 2'000, 5'000, 10'000} : counts);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
