// SPDX-License-Identifier: GPL-3.0-or-later
// From the start of the program to the sample's maps: bench_start [ROUNDS]. Starts itself so often (5) with settings of
// its own, and prints when, in milliseconds, the libraries were loaded, the window had been painted, the picture and
// the maps.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <time.h>

#include <QApplication>
#include <QEvent>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include "app/start/prepare_to_compute.h"
#include "ui/main_window.h"
#include "ui/style/window_style.h"

namespace {

constexpr std::array stages{"libraries", "window", "picture", "maps"};

/// Of a clock that all programs share.
double milliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

void tell(const char* stage)
{
    std::printf("%s %.3f\n", stage, milliseconds());
    std::fflush(stdout);
}

/// Tells of a stage when the event loop has painted what it brought.
void tellPainted(QWidget& window, const char* stage)
{
    QTimer::singleShot(0, &window, [&window, stage] {
        window.repaint();
        tell(stage);
    });
}

int startOnce(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new ocellus::WindowStyle);
    const QTemporaryDir folder;
    ocellus::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    ocellus::MainWindow window(settings);
    window.show();
    window.open({});
    tellPainted(window, stages[1]);
    bool hasPicture = false;
    QObject::connect(&window.answer(), &ocellus::LiveAnswer::pictureShown, &window, [&] {
        if (!std::exchange(hasPicture, true))
            tellPainted(window, stages[2]);
    });
    QObject::connect(&window.answer(), &ocellus::LiveAnswer::resultChanged, &window, [&] {
        if (!window.answer().result().decoding)
            return;
        tellPainted(window, stages[3]);
        QTimer::singleShot(0, &application, [] { std::quick_exit(0); });
    });
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    if (argc > 1 && std::string(argv[1]) == "once") {
        ocellus::prepareToCompute(argv);
        tell(stages[0]);
        return startOnce(argc, argv);
    }
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
    std::array<std::vector<double>, stages.size()> times;
    for (int round = 0; round < rounds; ++round) {
        QProcess child;
        const double begin = milliseconds();
        child.start(QString::fromLocal8Bit(argv[0]), {QStringLiteral("once")});
        if (!child.waitForFinished(120'000))
            qFatal("the maps did not come");
        const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
        for (const QByteArray& line : lines)
            for (std::size_t stage = 0; stage < stages.size(); ++stage)
                if (line.startsWith(stages[stage]))
                    times[stage].push_back(line.mid(line.indexOf(' ') + 1).toDouble() - begin);
    }
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
        std::ranges::sort(times[stage]);
        if (!times[stage].empty())
            std::printf("%-10s median %7.0f ms, least %7.0f ms\n", stages[stage], times[stage][times[stage].size() / 2],
                        times[stage].front());
    }
    return 0;
}
