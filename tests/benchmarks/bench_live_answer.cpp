// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include "core/base/random.h"
#include "core/data/sample.h"
#include "tests/benchmarks/window_user.h"
#include "ui/window/installed_sample.h"

using namespace ocellus;

namespace {

constexpr int strokes = 24; // an operation
constexpr int pointsOfStroke = 12;
constexpr double brush = 10;     // pixels of the picture: no stroke lies wholly on others, which would change nothing
constexpr int patience = 60'000; // ms

/// Milliseconds from the release of the mouse.
struct Answer {
    double asked = 0; ///< the pause is over, the model is asked
    double shown = 0; ///< new maps are there
    double painted = 0;
};

/// Across the wings of a picture of 384 pixels, each somewhere else.
std::vector<Point> strokeAt(RandomStream& hand)
{
    const double x = hand.uniform(90, 260), y = hand.uniform(110, 260), turn = hand.uniform(0, 6.28);
    std::vector<Point> points;
    for (int i = 0; i < pointsOfStroke; ++i)
        points.push_back({x + 3 * i * std::cos(turn), y + 3 * i * std::sin(turn)});
    return points;
}

Answer answerTo(WindowUser& user, const std::vector<Point>& points)
{
    Answer answer;
    QElapsedTimer clock;
    QEventLoop loop;
    const auto elapsed = [&] { return static_cast<double>(clock.nsecsElapsed()) / 1e6; };
    LiveAnswer& live = user.answer();
    const auto before = live.result().decoding;
    const auto asked =
        QObject::connect(&live.controller(), &EngineController::requested, &loop, [&] { answer.asked = elapsed(); });
    const auto shown = QObject::connect(&live, &LiveAnswer::resultChanged, &loop, [&] {
        if (live.result().isDraft || live.isStale() || live.result().decoding->logits() == before->logits())
            return;
        answer.shown = elapsed();
        loop.quit();
    });
    QTimer::singleShot(patience, &loop, [] { qFatal("no answer"); });
    user.drag(points);
    clock.start();
    user.release(points.back());
    loop.exec();
    QApplication::processEvents();
    answer.painted = elapsed();
    QObject::disconnect(asked);
    QObject::disconnect(shown);
    return answer;
}

double share(std::vector<double> values, double part)
{
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(std::ceil(part * static_cast<double>(values.size())) - 1)];
}

void print(const char* what, const std::vector<double>& values)
{
    std::printf("  %-34s median %6.0f ms   95 %% %6.0f ms   longest %6.0f ms\n", what, share(values, 0.5),
                share(values, 0.95), share(values, 1));
}

void study(WindowUser& user, const char* name, RandomStream& hand)
{
    std::vector<double> shown, afterPause, painted;
    for (int i = 0; i < strokes; ++i) {
        const Answer answer = answerTo(user, strokeAt(hand));
        shown.push_back(answer.shown);
        afterPause.push_back(answer.shown - answer.asked);
        painted.push_back(answer.painted);
        user.waitForAnswer();
    }
    double load = 0;
    getloadavg(&load, 1);
    std::printf("%s, %d strokes (load of the machine %.1f)\n", name, strokes, load);
    print("release to new maps", shown);
    print("the same without the pause", afterPause);
    print("release to all of it painted", painted);
    std::fflush(stdout);
}

} // namespace

/// Brush strokes on an edit of the sample's picture, in the real window: how long from the release of the mouse to
/// the new maps, the pause of 300 ms included.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const Sample sample = findSample(installedSample());
    WindowUser user(sample.model);
    RandomStream hand{1};
    std::size_t operations = 0;
    for (const auto& [operation, name] : {std::pair{"inpaint", "Remove"}, std::pair{"take-colour", "Take colour"}}) {
        user.open(sample.pairs[operations++].original);
        user.takeTool(ToolKind::Brush);
        user.setBrush(brush);
        const std::vector<Point> first = strokeAt(hand);
        user.drag(first);
        user.release(first.back());
        user.click(QString::fromLatin1(operation));
        user.waitForAnswer();
        study(user, name, hand);
    }
    return 0;
}
