// SPDX-License-Identifier: GPL-3.0-or-later
// Drives the window from a folder of pictures to a trained model with clicks, and tells what it took:
//   drive_own_species FOLDER --weights FILE --settings INI [--size 1366x768] [--theme dark] [--shots DIR] [--options
//   "..."]
//               [--only-look] [--finish]
// --finish is a window that is opened again: it finds the run, resumes it where its process is gone, and waits for it.
#include <cstdio>

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QPlainTextEdit>
#include <QTest>
#include <QTranslator>

#include "app/start/prepare_to_compute.h"
#include "tests/own_species/own_species_steps.h"
#include "ui/dataset/dataset_document.h"
#include "ui/document/document.h"
#include "ui/engine/paths.h"
#include "ui/main_window.h"
#include "ui/style/window_style.h"
#include "ui/training/training_form.h"
#include "ui/training/training_page.h"
#include "ui/window/species_pages.h"

using namespace ocellus;

namespace {

constexpr int examinationLimit = 600'000, trainingLimit = 12 * 3'600'000; ///< milliseconds

void say(const QString& words)
{
    std::printf("%s\n", qPrintable(words));
    std::fflush(stdout);
}

/// Pictures of the window, numbered.
class Shots {
public:
    Shots(MainWindow& window, QString folder) : m_window(window), m_folder(std::move(folder)) {}

    void take(const QString& name)
    {
        if (m_folder.isEmpty())
            return;
        QTest::qWait(400); // thumbnails come
        m_window.grab().save(
            QStringLiteral("%1/%2-%3.png").arg(m_folder).arg(m_number++, 2, 10, QLatin1Char('0')).arg(name));
    }

private:
    MainWindow& m_window;
    QString m_folder;
    int m_number = 1;
};

/// The states of the page that training has no need of.
void lookAtData(OwnSpeciesSteps& steps, Shots& shots)
{
    if (steps.clickButton(QStringLiteral("Show")))
        shots.take(QStringLiteral("problem"));
    steps.clickButton(QStringLiteral("Show all"));
    steps.clickTab(QStringLiteral("Split"));
    shots.take(QStringLiteral("split"));
    steps.clickTab(QStringLiteral("Crop"));
    shots.take(QStringLiteral("crop"));
    steps.clickButton(QStringLiteral("Propose boxes for the rest"));
    QTest::qWait(4000);
    shots.take(QStringLiteral("proposing"));
    steps.clickButton(QStringLiteral("Stop"));
    steps.clickButton(QStringLiteral("Draw boxes…"));
    shots.take(QStringLiteral("box"));
}

/// 0 where the model is open.
int drive(MainWindow& window, const QCommandLineParser& asked, QStringList& answers)
{
    OwnSpeciesSteps steps(window);
    Shots shots(window, asked.value(QStringLiteral("shots")));
    QElapsedTimer time;
    time.start();
    steps.clickWorkspace();
    shots.take(QStringLiteral("empty"));
    steps.clickTab(QStringLiteral("Training"));
    shots.take(QStringLiteral("training-empty"));
    steps.clickTab(QStringLiteral("Data set"));
    steps.addClicks(-2); // these two were for the pictures
    answers = {asked.positionalArguments().first()};
    if (!steps.clickButton(QStringLiteral("Open a folder…")))
        return 1;
    steps.addClicks(2);
    if (!QTest::qWaitFor([&] { return steps.isExamined(); }, examinationLimit))
        return 1;
    say(QStringLiteral("examined after %1 s").arg(time.elapsed() / 1000.0));
    shots.take(QStringLiteral("data-set"));
    if (asked.isSet(QStringLiteral("only-look")))
        lookAtData(steps, shots);
    steps.clickTab(QStringLiteral("Training"));
    answers = {asked.value(QStringLiteral("weights"))};
    if (!steps.clickButton(QStringLiteral("Choose weights…")))
        return 1;
    steps.addClicks(2);
    if (asked.isSet(QStringLiteral("options"))) {
        steps.training().form()->setRecipe(QStringLiteral("advanced"));
        steps.command()->setPlainText(asked.value(QStringLiteral("options")));
    }
    if (!QTest::qWaitFor([&] { return steps.training().form()->whyNot().isEmpty(); }, 60'000)) {
        say(steps.training().form()->whyNot());
        return 1;
    }
    shots.take(QStringLiteral("training"));
    if (asked.isSet(QStringLiteral("only-look"))) {
        if (steps.clickTab(QStringLiteral("Maps over the epochs")))
            shots.take(QStringLiteral("maps"));
        steps.clickButton(QStringLiteral("Advanced"));
        shots.take(QStringLiteral("advanced"));
        steps.clickButton(QStringLiteral("Laptop, an hour"));
        time.start();
        steps.clickButton(QStringLiteral("Estimate time and memory"));
        if (QTest::qWaitFor([&] { return steps.button(QStringLiteral("Estimate time and memory")); }, 300'000))
            say(QStringLiteral("estimated after %1 s").arg(time.elapsed() / 1000.0));
        shots.take(QStringLiteral("estimate"));
        return 0;
    }
    time.start();
    if (!steps.clickButton(QStringLiteral("Start training")))
        return 1;
    if (!QTest::qWaitFor([&] { return steps.run() && !steps.run()->epochs.empty(); }, trainingLimit))
        return 1;
    shots.take(QStringLiteral("running"));
    if (!QTest::qWaitFor([&] { return steps.run() && !steps.run()->isAlive(); }, trainingLimit))
        return 1;
    say(QStringLiteral("trained after %1 min: %2").arg(time.elapsed() / 60'000.0).arg(toText(steps.run()->state)));
    shots.take(QStringLiteral("done"));
    const TrainingRun done = *steps.run();
    if (!steps.clickButton(QStringLiteral("Open the best")) ||
        !QTest::qWaitFor([&] { return window.document().model() && window.document().model()->path == done.best(); },
                         60'000))
        return 1;
    say(QStringLiteral("%1 clicks, best acc@1 %2 of epoch %3, in %4")
            .arg(steps.clicks())
            .arg(done.bestEpoch()->accuracy1)
            .arg(done.bestEpoch()->epoch)
            .arg(toQString(done.folder)));
    return 0;
}

int finish(MainWindow& window)
{
    OwnSpeciesSteps steps(window);
    steps.show();
    if (!QTest::qWaitFor([&] { return steps.run(); }, 60'000))
        return 1;
    say(QStringLiteral("found: %1, %2 epochs").arg(toText(steps.run()->state)).arg(steps.run()->epochs.size()));
    const auto isOver = [&] { return !steps.run()->isAlive(); };
    while (steps.run()->state != TrainingRun::State::Done) {
        if (steps.run()->canResume() && !steps.clickButton(QStringLiteral("Resume")))
            return 1;
        // Until it lives, unless that was too short to be seen; then until it is over.
        const bool lived = QTest::qWaitFor([&] { return steps.run()->isAlive(); }, 20'000);
        if (lived && !QTest::qWaitFor(isOver, trainingLimit))
            return 1;
        if (steps.run()->state == TrainingRun::State::Failed) {
            say(steps.run()->words);
            return 1;
        }
    }
    say(QStringLiteral("done: %1").arg(toQString(steps.run()->folder)));
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    prepareToCompute(argv);
    QApplication application(argc, argv);
    QApplication::setStyle(new WindowStyle);
    QTranslator english;
    if (english.load(QStringLiteral(OCELLUS_CATALOGUE)))
        QApplication::installTranslator(&english);
    QCommandLineParser asked;
    asked.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("of pictures, one a species"));
    for (const char* option : {"weights", "settings", "size", "theme", "shots", "options"})
        asked.addOption(QCommandLineOption(QLatin1String(option), QString(), QLatin1String(option)));
    asked.addOption(QCommandLineOption(QStringLiteral("only-look")));
    asked.addOption(QCommandLineOption(QStringLiteral("finish")));
    asked.process(application);
    Settings settings(asked.value(QStringLiteral("settings")));
    settings.setValue(Setting::TourAnswered, true);
    if (asked.isSet(QStringLiteral("theme")))
        settings.setValue(Setting::Theme, asked.value(QStringLiteral("theme")));
    QStringList answers;
    const AskForFiles ask = [&answers](QWidget* parent, const FileQuestion&, const auto& answer) {
        QMetaObject::invokeMethod(
            parent, [answer, paths = answers] { answer(paths); }, Qt::QueuedConnection);
    };
    MainWindow window(settings, ask);
    if (asked.isSet(QStringLiteral("size"))) {
        const QStringList sides = asked.value(QStringLiteral("size")).split('x');
        window.resize(sides.value(0).toInt(), sides.value(1).toInt());
    }
    window.show();
    return asked.isSet(QStringLiteral("finish")) ? finish(window) : drive(window, asked, answers);
}
