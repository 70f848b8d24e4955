// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include "core/data/sample.h"
#include "tests/benchmarks/window_user.h"
#include "ui/evidence/evidence_panel.h"
#include "ui/window/evidence_commands.h"
#include "ui/window/installed_sample.h"

using namespace ocellus;

namespace {

constexpr int patience = 600'000; // ms
constexpr int beforeCancel[] = {20, 150, 400, 900, 1'700};

/// The longest time that the window did not answer, seen every few milliseconds.
class Stalls {
public:
    Stalls()
    {
        m_timer.setInterval(2);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer,
                         [this] { m_longest = std::max(m_longest, m_clock.restart()); });
        m_clock.start();
        m_timer.start();
    }
    qint64 longest() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

/// Until the engine is free for whatever comes next.
qint64 timeToCancel(WindowUser& user, int after)
{
    EvidenceStudy& study = user.window().evidence().study();
    study.start();
    QTest::qWait(after);
    QElapsedTimer clock;
    clock.start();
    study.cancel();
    QEventLoop loop;
    user.window().controller().runInBackground(
        [&loop](EngineWorker&, const Progress&) { return [&loop] { loop.quit(); }; },
        [&loop](const Failure&) { loop.quit(); });
    loop.exec();
    return clock.elapsed();
}

} // namespace

/// From the click on "Test these maps" to the first verdict and to all, and what a cancel takes until the engine is
/// free. With a checkpoint and a picture it takes those instead of the sample.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const Sample sample = findSample(installedSample());
    WindowUser user(argc > 2 ? std::filesystem::path(argv[1]) : sample.model);
    user.open(argc > 2 ? std::filesystem::path(argv[2]) : sample.pairs.front().original);
    EvidenceStudy& study = user.window().evidence().study();
    for (const int after : beforeCancel)
        std::printf("cancel after %4d ms: engine free in %lld ms\n", after,
                    static_cast<long long>(timeToCancel(user, after)));
    study.book().clear();

    QElapsedTimer clock;
    double first = 0;
    int findings = 0;
    QObject::connect(&study.run(), &EvidenceRun::found, &study, [&] {
        if (findings++ == 0)
            first = static_cast<double>(clock.elapsed()) / 1e3;
    });
    QTest::qWait(100);
    const Stalls stalls;
    clock.start();
    study.start();
    if (!QTest::qWaitFor([&] { return !study.run().isRunning(); }, patience))
        qFatal("it did not end");
    double load = 0;
    getloadavg(&load, 1);
    std::printf(
        "first verdict %.2f s, all %d in %.1f s, longest stall of the window %lld ms (load of the machine %.1f)\n",
        first, findings, static_cast<double>(clock.elapsed()) / 1e3, static_cast<long long>(stalls.longest()), load);
    for (const EvidenceBook::Page& page : study.book().pages())
        for (const EvidenceSheet::Row& row : page.sheet.rows())
            std::printf("  %-6s %2d  %-10s value %8.4f  n %4zu  p %.4f  corrected %.4f  %s\n", row.map.source.c_str(),
                        row.map.head + 1, std::string(toString(row.finding.test)).c_str(), row.finding.value,
                        row.finding.nulls.size(), row.finding.p, page.sheet.correctedP(row.map, row.finding.test),
                        std::string(toString(page.sheet.verdict(row.map, row.finding.test))).c_str());
    return 0;
}
