// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include <QApplication>
#include <QImage>

#include "tests/figures/synthetic_explanation.h"
#include "ui/widgets/head_grid.h"

using namespace ocellus;

namespace {

constexpr int frames = 40;
const QSize screen(3840, 2160);

/// What is shown, and on what.
struct Shown {
    Explanation explanation;
    LinkedView view;
    HeadGrid grid{view};
};

using Change = std::function<void(Shown&, int frame)>;

/// A picture with detail everywhere, in the screen's own shape, so that the tiles leave no room unpainted.
QImage photograph()
{
    QImage picture(4000, 2250, QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixel(x, y, qRgb((x * 7 + y) & 255, (x ^ y) & 255, (x + y * 5) & 255));
    return picture;
}

/// From one change to the finished frame, in milliseconds: of the clock, and of this thread's processor, which does not
/// count what else the machine does.
struct Times {
    std::vector<double> clock, processor;
};

double processorTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

Times times(const Change& change, const Explanation& explanation)
{
    Shown shown;
    shown.explanation = explanation;
    shown.grid.resize(screen);
    shown.grid.setExplanation(explanation);
    QImage frame(screen, QImage::Format_RGB32);
    shown.grid.render(&frame);
    Times all;
    for (int i = 0; i < frames; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const double worked = processorTime();
        change(shown, i);
        shown.grid.render(&frame);
        all.processor.push_back(processorTime() - worked);
        all.clock.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    return all;
}

/// A change of the explanation, shown at once.
template <typename Edit>
Change edit(Edit edit)
{
    return [edit](Shown& shown, int i) {
        edit(shown.explanation, i);
        shown.grid.setExplanation(shown.explanation);
    };
}

void zoom(Shown& shown, int i)
{
    ViewTransform transform = shown.view.transform();
    transform.zoomAt({300, 200}, i % 2 == 0 ? 1.3 : 1 / 1.3, shown.grid.tiles().front()->pictureArea());
    shown.view.setTransform(transform);
}

double median(std::vector<double> all)
{
    std::ranges::nth_element(all, all.begin() + std::ssize(all) / 2);
    return all[all.size() / 2];
}

void print(const char* name, bool smooth, const Times& all)
{
    const auto [least, most] = std::ranges::minmax(all.clock);
    std::printf("%-10s %-7s median %6.2f ms   from %6.2f to %6.2f   processor %6.2f ms\n", name,
                smooth ? "smooth" : "cells", median(all.clock), least, most, median(all.processor));
}

} // namespace

/// Nine tiles on a 4K screen: how long a change of the display takes until the frame is painted, offscreen.
int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    test::Synthetic wanted;
    wanted.layers = 6;
    wanted.picture = {4000, 2250};
    wanted.rows = 25;
    wanted.columns = 42;
    Explanation explanation = test::syntheticExplanation(wanted);
    explanation.picture = photograph();

    const std::vector<std::pair<const char*, Change>> changes{
        {"colour",
         edit([](Explanation& e, int i) { e.style.colourMap = i % 2 ? ColourMap::Inferno : ColourMap::Viridis; })},
        {"opacity", edit([](Explanation& e, int i) { e.style.opacity = 0.2 + 0.01 * i; })},
        {"layer", edit([](Explanation& e, int i) { e.layer = i % 6; })},
        {"head", [](Shown& shown, int i) { shown.grid.setSelectedHead(i % 9); }},
        {"contour", edit([](Explanation& e, int i) {
             e.style.contour = true;
             e.layer = i % 6;
         })},
        {"zoom", zoom},
    };
    for (const OverlayRule rule : {OverlayRule::Transparent, OverlayRule::Flat, OverlayRule::Contours,
                                   OverlayRule::Spotlight, OverlayRule::HeatOnGrey}) {
        explanation.style.overlay = rule;
        std::printf("%s\n", std::string(toString(rule)).c_str());
        for (const bool smooth : {false, true})
            for (const auto& [name, change] : changes) {
                explanation.style.smooth = smooth;
                print(name, smooth, times(change, explanation));
            }
    }
    return 0;
}
