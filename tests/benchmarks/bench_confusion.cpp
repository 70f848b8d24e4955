// SPDX-License-Identifier: GPL-3.0-or-later
// A confusion matrix of many classes: bench_confusion [CLASSES] [PICTURES A CLASS], 1000 and 10 where they are left
// out. Times of a frame while it is scrolled at several sizes of its cells, and from a cell to the list of its
// pictures.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <QApplication>
#include <QImage>
#include <QListView>
#include <QScrollBar>
#include <QTemporaryDir>

#include "core/base/random.h"
#include "core/evaluation/class_arrangement.h"
#include "tests/benchmarks/cost.h"
#include "ui/engine/paths.h"
#include "ui/engine/thumbnail_store.h"
#include "ui/evaluation/confusion_view.h"
#include "ui/evaluation/evaluated_pictures_model.h"

namespace ocellus {
namespace {

constexpr int repetitions = 60;

void report(const char* what, std::vector<Cost> costs)
{
    std::vector<double> wall, processor;
    for (const Cost& cost : costs) {
        wall.push_back(cost.wall);
        processor.push_back(cost.processor);
    }
    std::ranges::sort(wall);
    std::ranges::sort(processor);
    std::printf("%-34s processor median %6.2f ms, slowest %6.2f ms; wall median %6.2f ms\n", what,
                processor[processor.size() / 2], processor.back(), wall[wall.size() / 2]);
}

/// Classes of one tenth are confused with each other; every picture has a file of its own.
std::shared_ptr<EvaluationFindings> madeUp(int classes, int pictures, const std::filesystem::path& folder)
{
    RandomStream random(1);
    auto findings = std::make_shared<EvaluationFindings>();
    for (int c = 0; c < classes; ++c)
        for (int i = 0; i < pictures; ++i) {
            const bool isRight = random.chance(0.7);
            const int named = isRight ? c : c / 10 * 10 + random.below(std::min(10, classes - c / 10 * 10));
            EvaluatedOne one;
            one.picture.file.path = folder / (std::to_string((c * pictures + i) % 200) + ".jpg");
            one.picture.file.relative = one.picture.file.path.filename();
            one.picture.classIndex = c;
            one.outcome = {c, named, random.uniform(0.3, 1), named == c ? 1 : 2, 1};
            findings->report.evaluation.add(one.outcome);
            findings->pictures.push_back(one);
        }
    return findings;
}

void writePictures(const std::filesystem::path& folder)
{
    RandomStream random(2);
    for (int i = 0; i < 200; ++i) {
        QImage picture(800, 600, QImage::Format_RGB32);
        picture.fill(qRgb(random.below(256), random.below(256), random.below(256)));
        for (int k = 0; k < 20'000; ++k)
            picture.setPixel(random.below(800), random.below(600), qRgb(random.below(256), 90, 30));
        picture.save(toQString(folder / (std::to_string(i) + ".jpg")));
    }
}

void scroll(ConfusionView& view, int side)
{
    view.setCellSide(side);
    QApplication::processEvents();
    std::vector<Cost> costs;
    for (int i = 0; i < repetitions; ++i)
        costs.push_back(costOf([&] {
            view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + 7);
            view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + 11);
            view.viewport()->repaint();
        }));
    char what[64];
    std::snprintf(what, sizeof what, "frame, cells of %d pixels", side);
    report(what, std::move(costs));
}

void runBench(int classes, int pictures)
{
    const QTemporaryDir folder;
    writePictures(toPath(folder.path()));
    qputenv("XDG_CACHE_HOME", folder.path().toLocal8Bit()); // thumbnails are made here, none is known yet
    const auto findings = madeUp(classes, pictures, toPath(folder.path()));
    QStringList names;
    std::vector<int> order;
    for (int c = 0; c < classes; ++c) {
        names += QStringLiteral("Species number %1").arg(c);
        order.push_back(c);
    }
    const Evaluation& evaluation = findings->report.evaluation;
    ConfusionView view;
    view.resize(1200, 900);
    view.show();
    report("table of the matrix", {costOf([&] { view.setTable(ConfusionTable(evaluation, order, names)); })});
    for (const int side : {1, 2, 6, 10, 18, 32})
        scroll(view, side);
    RandomStream random(3);
    std::vector<float> alike(static_cast<std::size_t>(classes) * static_cast<std::size_t>(classes));
    for (std::size_t a = 0; a < static_cast<std::size_t>(classes); ++a)
        for (std::size_t b = 0; b < a; ++b)
            alike[a * static_cast<std::size_t>(classes) + b] = alike[b * static_cast<std::size_t>(classes) + a] =
                static_cast<float>(random.uniform());
    report("order by likeness", {costOf([&] { orderedByLikeness(alike, static_cast<std::size_t>(classes)); })});

    ThumbnailStore thumbnails;
    EvaluatedPicturesModel model(thumbnails);
    model.setFindings(findings, names);
    QListView list;
    list.setModel(&model);
    list.setViewMode(QListView::IconMode);
    list.setIconSize({84, 84});
    list.resize(480, 300);
    list.show();
    std::vector<Cost> shown, whole;
    for (int i = 0; i < 12; ++i) {
        const auto [row, column] = view.table().nextConfusion(view.row(), view.column());
        view.choose(row, column);
        const int trueClass = view.table().classAt(row), named = view.table().classAt(column);
        shown.push_back(costOf([&] {
            model.showCell(trueClass, named, false);
            list.repaint();
        }));
        whole.push_back(costOf([&] {
            const auto isWhole = [&] {
                for (int at = 0; at < model.rowCount(); ++at)
                    if (!model.index(at).data(Qt::DecorationRole).isValid())
                        return false;
                return true;
            };
            while (!isWhole())
                QApplication::processEvents(QEventLoop::WaitForMoreEvents);
            list.repaint();
        }));
    }
    report("cell to its list of pictures", shown);
    report("and on to their thumbnails", whole);
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    ocellus::runBench(argc > 1 ? std::max(2, std::atoi(argv[1])) : 1000,
                      argc > 2 ? std::max(1, std::atoi(argv[2])) : 10);
    return 0;
}
