// SPDX-License-Identifier: GPL-3.0-or-later
// Processor time of the class list with many classes: bench_class_list [CLASSES], 10000 where it is left out. A
// keystroke in the filter, another class, and other logits, each to the painted panel.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <QApplication>
#include <QLineEdit>

#include "core/engine/stored_maps.h"
#include "ui/models/class_list_model.h"
#include "ui/panels/classes_panel.h"

namespace ocellus {
namespace {

constexpr int repetitions = 20;

double processorMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

std::string madeUpWord(std::mt19937& random)
{
    static const char* const syllables[] = {"al", "ba", "tros", "cor", "vus", "pi",
                                            "ca", "ga", "len",  "dis", "mer", "gu"};
    std::string word;
    for (int i = 0; i < 3; ++i)
        word += syllables[random() % std::size(syllables)];
    return word;
}

std::shared_ptr<const Decoding> randomDecoding(int classes, std::mt19937& random)
{
    std::normal_distribution<float> logit;
    Decoding::Arrays arrays;
    for (int i = 0; i < classes; ++i)
        arrays.logits.push_back(logit(random));
    std::vector<int> queries(static_cast<std::size_t>(classes));
    std::iota(queries.begin(), queries.end(), 0);
    return std::make_shared<const Decoding>(ContentKey{}, QuerySet{}, Decoding::Extent{0, 0, classes, 1, 1, classes, 0},
                                            std::move(queries), std::move(arrays));
}

template <typename Work>
void report(const char* what, QWidget& panel, Work work)
{
    std::vector<double> times;
    for (int i = 0; i < repetitions; ++i) {
        const double begin = processorMilliseconds();
        work(i);
        panel.repaint();
        QApplication::processEvents();
        times.push_back(processorMilliseconds() - begin);
    }
    std::ranges::sort(times);
    std::printf("%-28s median %6.1f ms, slowest %6.1f ms\n", what, times[times.size() / 2], times.back());
}

void runBench(int classes)
{
    std::mt19937 random(1);
    ClassTable table;
    for (int i = 0; i < classes; ++i)
        table.entries.push_back({madeUpWord(random) + " " + madeUpWord(random), madeUpWord(random)});
    ClassListModel model;
    model.setTable(table);
    model.setDecodings(randomDecoding(classes, random), nullptr);
    ClassesPanel panel(&model);
    panel.resize(400, 900);
    panel.show();
    QApplication::processEvents();
    auto* filter = panel.findChild<QLineEdit*>();
    const QStringList typed{"a", "al", "alb", "alba", "albax", "alba", "alb", "al", "a", ""};
    report("keystroke in the filter", panel, [&](int i) { filter->setText(typed[i % typed.size()]); });
    filter->clear();
    report("another class", panel, [&](int i) { panel.setCurrentClass((i * 997) % classes); });
    report("other logits", panel, [&](int) { model.setDecodings(randomDecoding(classes, random), nullptr); });
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    ocellus::runBench(argc > 1 ? std::max(1, std::atoi(argv[1])) : 10'000);
    return 0;
}
