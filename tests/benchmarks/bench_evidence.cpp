// SPDX-License-Identifier: GPL-3.0-or-later
// From the click on "Test these maps" to the first verdict and to all, of the heads and of other sources; what a cancel
// takes until the engine is free, whatever runs; and how long the window did not answer meanwhile. The processor's time
// stands beside the clock's: on a machine with other work it says more.
//
//     bench_evidence [CHECKPOINT PICTURE]      without them the sample
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "app/start/prepare_to_compute.h"
#include "core/data/sample.h"
#include "tests/benchmarks/window_user.h"
#include "ui/engine/paths.h"
#include "ui/evidence/evidence_panel.h"
#include "ui/window/evidence_commands.h"
#include "ui/window/installed_sample.h"

using namespace ocellus;

namespace {

constexpr int patience = 600'000; // ms
constexpr int beforeCancel[] = {20, 150, 400, 900, 1'700};

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// The longest time that the window did not answer, seen every few milliseconds: by the clock, which counts what other
/// programs have of the machine, and what the window's own thread worked meanwhile.
class Stalls {
public:
    Stalls()
    {
        m_timer.setInterval(2);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_longest = std::max(m_longest, m_clock.restart());
            m_mostWork = std::max(m_mostWork, worked() - std::exchange(m_worked, worked()));
        });
        m_clock.start();
        m_timer.start();
    }
    long long longest() const { return m_longest; }
    long long mostWork() const { return std::llround(m_mostWork); }

private:
    /// By this thread, ms.
    static double worked()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
    double m_worked = worked(), m_mostWork = 0;
};

class EvidenceBenchmark {
public:
    explicit EvidenceBenchmark(WindowUser& user) : m_user(user) {}

    void run()
    {
        m_user.window().actions().at(Command::ShowEvidence)->trigger();
        QTest::qWait(300);
        for (const char* source : {"", "gradcam", "rise"})
            testMaps(source);
        cancelEverything();
    }

private:
    EvidenceStudy& study() { return m_user.window().evidence().study(); }

    void choose(const char* source)
    {
        DisplayChoice display = m_user.document().display();
        display.source = *source ? parseSource(source) : SourceText();
        m_user.document().setDisplay(display);
    }

    /// Its maps are shown, and nothing newer is on its way: the button before them is about to go.
    bool isThere(std::string_view source) const
    {
        const LiveAnswer& answer = m_user.answer();
        const Explanation shown = answer.explanation();
        const std::string of = shown.source ? shown.source->id.toStdString() : std::string();
        return of == source && !answer.isBusy() && !answer.isStale() && !answer.isSourceBusy();
    }

    QPushButton& testButton()
    {
        for (auto* button : m_user.window().findChildren<QPushButton*>())
            if (button->text() == EvidencePanel::tr("Test these maps"))
                return *button;
        qFatal("no such button");
    }

    void testMaps(const char* source)
    {
        choose(source);
        const char* const name = *source ? source : "heads";
        study().book().clear();
        if (!QTest::qWaitFor([&] { return isThere(source) && testButton().isEnabled() && testButton().isVisible(); },
                             patience))
            qFatal("%s: nothing can be tested", name);
        QTest::qWait(100); // what the window does with it
        double first = 0;
        int findings = 0;
        QElapsedTimer clock;
        const auto connection = QObject::connect(&study().run(), &EvidenceRun::found, &study(), [&] {
            if (findings++ == 0)
                first = static_cast<double>(clock.elapsed()) / 1e3;
        });
        const double processor = processorSeconds();
        const Stalls stalls;
        clock.start();
        m_user.clickOn(testButton());
        if (!QTest::qWaitFor([&] { return findings > 0 && !study().run().isRunning(); }, patience))
            qFatal("%s: it did not end", name);
        QObject::disconnect(connection);
        double load = 0;
        getloadavg(&load, 1);
        std::printf("%-8s first verdict %.2f s, all %d in %.1f s (processor %.1f s), longest stall of the window %lld "
                    "ms, of which it worked %lld (load of the machine %.1f)\n",
                    name, first, findings, static_cast<double>(clock.elapsed()) / 1e3, processorSeconds() - processor,
                    stalls.longest(), stalls.mostWork(), load);
        printSheets();
    }

    void printSheets()
    {
        for (const EvidenceBook::Page& page : study().book().pages())
            for (const auto& [map, finding] : page.sheet.rows())
                std::printf("  %-10s %-10s value %8.4f  n %4zu  p %.4f  corrected %.4f  %s\n", toString(map).c_str(),
                            std::string(toString(finding.test)).c_str(), finding.value, finding.nulls.size(), finding.p,
                            page.sheet.correctedP(map, finding.test),
                            std::string(toString(page.sheet.verdict(map, finding.test))).c_str());
    }

    /// Until the engine is free for whatever comes next.
    long long untilFree()
    {
        QElapsedTimer clock;
        clock.start();
        QEventLoop loop;
        m_user.window().controller().runInBackground(
            [&loop](EngineWorker&, const Progress&) { return [&loop] { loop.quit(); }; },
            [&loop](const Failure&) { loop.quit(); });
        loop.exec();
        return clock.elapsed();
    }

    void timeCancels(const char* name, const std::function<void()>& start, const std::function<void()>& cancel)
    {
        long long longest = 0, stall = 0, work = 0;
        for (const int after : beforeCancel) {
            start();
            const Stalls stalls;
            QTest::qWait(after);
            cancel();
            longest = std::max(longest, untilFree());
            stall = std::max(stall, stalls.longest());
            work = std::max(work, stalls.mostWork());
        }
        std::printf("cancel of %-22s engine free after at most %lld ms, longest stall of the window %lld ms, of which "
                    "it worked %lld\n",
                    name, longest, stall, work);
    }

    void cancelEverything()
    {
        choose("");
        QTest::qWait(300);
        timeCancels(
            "tests of heads",
            [this] {
                study().book().clear();
                study().start();
            },
            [this] { study().cancel(); });
        const auto stop = [this] {
            m_user.answer().cancel();
            choose("");
        };
        // Another seed each time, or the map would be there already.
        timeCancels(
            "RISE", [this] { choose(("rise:masks=100000:agreement=1:seed=" + next()).c_str()); }, stop);
        timeCancels(
            "occlusion", [this] { choose(("occlusion:stride=" + next()).c_str()); }, stop);
        timeCancels(
            "Grad-CAM", [this] { choose(("gradcam++:epsilon=0.0" + next()).c_str()); }, stop);
        timeSanity();
    }

    std::string next() { return std::to_string(++m_number); }

    /// It has a thread of its own: gone is how long the study's end waits for it.
    void timeSanity()
    {
        const QTemporaryDir folder;
        const auto& model = m_user.document().model();
        const ViewRequest view = m_user.document().request();
        long long longest = 0;
        for (const int after : beforeCancel) {
            auto sanity = std::make_unique<SanityStudy>(toPath(folder.path()));
            sanity->start({model->path,
                           view.engine,
                           {view.picture},
                           view.decode,
                           view.preprocessFor(*model),
                           {parseSource("heads"), parseSource("gradcam")}});
            QTest::qWait(after);
            QElapsedTimer clock;
            clock.start();
            sanity->cancel();
            sanity.reset();
            longest = std::max<long long>(longest, clock.elapsed());
        }
        std::printf("cancel of %-22s its thread gone after at most %lld ms\n", "a check of the model", longest);
    }

    WindowUser& m_user;
    int m_number = 8;
};

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    prepareToCompute(argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // what came out stands there, whatever comes next
    const QApplication application(argc, argv);
    const Sample sample = findSample(installedSample());
    WindowUser user(argc > 2 ? std::filesystem::path(argv[1]) : sample.model);
    user.open(argc > 2 ? std::filesystem::path(argv[2]) : sample.pairs.front().original);
    EvidenceBenchmark(user).run();
    return 0;
}
