// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a folder of very many pictures: bench_large_folder FOLDER [SECONDS]. Time to the first picture and to
// the whole list, frames while the list is scrolled, a keystroke in the filter, the longest time that the window did
// nothing while pictures are classified for so many seconds (30 where they are left out), and memory.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>
#include <QTimer>

#include "tests/benchmarks/process_cost.h"
#include "tests/benchmarks/window_user.h"
#include "ui/engine/prediction_queue.h"
#include "ui/panels/pictures_panel.h"
#include "ui/style/window_style.h"

namespace ocellus {
namespace {

/// The longest time between two turns of the event loop, which is what a user feels as a window that hangs.
class Heartbeat {
public:
    Heartbeat()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer,
                         [this] { m_longest = std::max(m_longest, m_since.restart()); });
        m_since.start();
        m_timer.start(1);
    }

    /// ms, since it was asked last.
    qint64 longest() { return std::exchange(m_longest, 0); }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

void waitUntil(const char* what, const std::function<bool()>& condition)
{
    constexpr int patience = 600'000; // ms
    if (!QTest::qWaitFor(condition, patience))
        qFatal("%s did not come", what);
}

void printTimes(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%-34s median %6.1f ms, slowest %6.1f ms\n", what, times[times.size() / 2], times.back());
    std::fflush(stdout);
}

template <typename Work>
double millisecondsOf(Work work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void scroll(QAbstractItemView& list)
{
    constexpr int steps = 300;
    std::vector<double> times;
    QScrollBar* bar = list.verticalScrollBar();
    for (int i = 0; i < steps; ++i) {
        // A wheel's turn, and now and then a jump of the slider.
        const int to = i % 20 == 19 ? bar->maximum() / steps * i : bar->value() + bar->singleStep() * 3;
        times.push_back(millisecondsOf([&] {
            bar->setValue(to);
            list.viewport()->repaint();
        }));
        QApplication::processEvents();
    }
    printTimes("frame while scrolling", times);
}

void type(QLineEdit& filter, QAbstractItemView& list)
{
    std::vector<double> times;
    for (const char* const text : {"0", "00", "001", "0012", "001", "00", "0", ""})
        times.push_back(millisecondsOf([&] {
            filter.setText(QString::fromLatin1(text));
            QApplication::processEvents();
            list.viewport()->repaint();
        }));
    printTimes("keystroke in the filter", times);
}

void run(const std::filesystem::path& folder, int seconds)
{
    auto user = std::make_unique<WindowUser>();
    waitUntil("the sample's predictions", [&] { return user->window().pictures().predictions().isEmpty(); });
    std::printf("with the sample %.0f MB\n", statusMegabytes("VmRSS:"));
    Heartbeat heart;
    QElapsedTimer timer;
    timer.start();
    const int before = user->document().pictures().rowCount();
    user->window().open({folder});
    waitUntil("the first picture", [&] {
        return user->document().editor().picture().string().starts_with(folder.string()) && !user->answer().isBusy() &&
               user->answer().result().decoding;
    });
    std::printf("first picture, with its maps       %6lld ms\n", timer.elapsed());
    int known = before;
    waitUntil("the list", [&] { // as long as it grows
        return timer.elapsed() > 3000 && std::exchange(known, user->document().pictures().rowCount()) == known;
    });
    std::printf("%d pictures, longest stillness %lld ms, %.0f MB\n", known, heart.longest(), statusMegabytes("VmRSS:"));
    auto& list = *user->window().findChild<PicturesPanel*>()->list();
    scroll(list);
    QTest::qWait(100);
    heart.longest();
    type(*user->window().findChild<PicturesPanel*>()->findChild<QLineEdit*>(), list);
    const int done = user->window().pictures().predictions().done();
    heart.longest();
    QTest::qWait(seconds * 1000);
    const int more = user->window().pictures().predictions().done() - done;
    std::printf("classified %d in %d s, longest stillness %lld ms, %.0f MB\n", more, seconds, heart.longest(),
                statusMegabytes("VmRSS:"));
    const double leaving = millisecondsOf([&] { user.reset(); });
    std::printf("closing the window                 %6.0f ms\n", leaving);
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(new ocellus::WindowStyle);
    if (argc < 2) {
        std::fprintf(stderr, "Usage: %s FOLDER [SECONDS]\n", argv[0]);
        return 1;
    }
    constexpr int usual = 30;
    ocellus::run(argv[1], argc > 2 ? std::atoi(argv[2]) : usual);
    return 0;
}
