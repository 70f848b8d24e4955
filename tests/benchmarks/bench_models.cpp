// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include "app/start/prepare_to_compute.h"
#include "tests/benchmarks/window_user.h"
#include "ui/compare/models_comparison.h"
#include "ui/document/document.h"

using namespace ocellus;

namespace {

constexpr int edits = 12, patience = 120'000; // ms

long residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:"))
            return std::strtol(line.c_str() + 6, nullptr, 10) / 1024;
    return 0;
}

/// Every row of the page is of the picture as it is edited now.
bool isAnswered(WindowUser& user, const ModelsComparison& page, std::size_t rows)
{
    if (page.isRunning() || user.answer().isStale() || user.answer().result().isDraft || page.isOutOfDate())
        return false;
    const std::optional<MapMatrix> matrix = page.matrix();
    if (!matrix || matrix->rows.size() != rows)
        return false;
    for (const MatrixRow& row : matrix->rows)
        if (row.cells.empty() || !row.cells.front().explanation || row.cells.front().explanation->stale)
            return false;
    return true;
}

} // namespace

/// Several models on one page: how long from an edit of the picture until all of them have answered, and what they
/// take in memory. bench_models PICTURE MODEL OTHER [OTHER...]
int main(int argc, char** argv)
{
    prepareToCompute(argv);
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    if (argc < 4) {
        std::fprintf(stderr, "bench_models PICTURE MODEL OTHER [OTHER...]\n");
        return 2;
    }
    WindowUser user(argv[2]);
    user.open(argv[1]);
    std::printf("one model: %ld MB\n", residentMegabytes());
    ModelsComparison page(user.document(), user.answer());
    page.resize(1200, 800);
    page.show();
    page.addModels(std::vector<std::filesystem::path>(argv + 3, argv + argc));
    const auto rows = static_cast<std::size_t>(argc - 2);
    const auto answered = [&] { return isAnswered(user, page, rows); };
    if (!QTest::qWaitFor(answered, patience))
        qFatal("no answer");
    std::printf("%zu models: %ld MB\n", rows, residentMegabytes());
    std::vector<double> milliseconds;
    for (int i = 0; i < edits; ++i) {
        QElapsedTimer clock;
        clock.start();
        user.document().editor().addEdit({"darker", {}, Brightness{-0.02 * (i + 1)}});
        if (!QTest::qWaitFor(answered, patience))
            qFatal("no answer");
        milliseconds.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        user.document().editor().undo();
        if (!QTest::qWaitFor(answered, patience))
            qFatal("no answer");
    }
    std::ranges::sort(milliseconds);
    std::printf("edit to all answers, of %d edits: median %.0f ms, longest %.0f ms, with the pause before an answer\n",
                edits, milliseconds[milliseconds.size() / 2], milliseconds.back());
    std::printf("memory after them: %ld MB\n", residentMegabytes());
}
