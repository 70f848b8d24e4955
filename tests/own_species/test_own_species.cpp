// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <QDir>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "tests/own_species/own_species_steps.h"
#include "tests/own_species/species_folder.h"
#include "tests/support/button_with_text.h"
#include "tests/window/window_fixture.h"
#include "ui/dataset/dataset_document.h"
#include "ui/engine/paths.h"
#include "ui/training/cluster_job.h"
#include "ui/training/model_card.h"
#include "ui/training/run_launcher.h"
#include "ui/training/run_list.h"
#include "ui/training/run_pane.h"
#include "ui/training/training_form.h"
#include "ui/training/training_page.h"
#include "ui/training/training_run.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/central_view.h"
#include "ui/window/species_pages.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr int patience = 240'000; ///< milliseconds
/// Small enough for a test; one thread, so that two runs are the same to the bit.
constexpr const char* smallRecipe =
    "--backbone resnet18 --backbone-width 16 --stage layer3 --backbone-weights none --batch-norm train --hidden-dim 32 "
    "--heads 4 --enc-layers 1 --dec-layers 2 --ff 64 --image-size fixed:64 --augmentation flip --batch-size 8 --lr "
    "1e-3 "
    "--scheduler onecycle --threads 1 --device cpu --epochs ";

} // namespace

/// From a folder of pictures to a model in the window, with the mouse alone; and what becomes of runs whose window or
/// process is gone.
class TestOwnSpecies : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        qputenv("OCELLUS_CLI", OCELLUS_CLI);
        m_folder = std::make_unique<SpeciesFolder>(QStringList{"ant", "bee", "cat"}, 10, 64);
        m_fixture = std::make_unique<WindowFixture>();
        m_fixture->settings().setValue(Setting::KeepsAwake, false);
        m_steps = std::make_unique<OwnSpeciesSteps>(m_fixture->window());
    }

    void cleanup()
    {
        for (const TrainingRun& run : page().runs()->runs())
            if (run.isAlive() && run.status)
                kill(static_cast<pid_t>(run.status->process), SIGKILL);
    }

    void fromAFolderToAModelInTwelveClicks()
    {
        QVERIFY(steps().clickWorkspace());
        m_fixture->answers = {m_folder->path()};
        QVERIFY(steps().clickButton(QStringLiteral("Open a folder…")));
        steps().addClicks(2); // in the dialog: the folder, and Choose
        QTRY_VERIFY_WITH_TIMEOUT(steps().isExamined(), patience);
        QVERIFY(steps().clickTab(QStringLiteral("Training")));
        QVERIFY(steps().clickButton(
            QStringLiteral("Advanced"))); // for which the usual purpose has: choose the weights, a dialog
        steps().addClicks(2);
        steps().command()->setPlainText(QLatin1String(smallRecipe) + QStringLiteral("2"));
        QVERIFY(steps().clickButton(QStringLiteral("Start training")));
        QTRY_VERIFY_WITH_TIMEOUT(run() && run()->state == TrainingRun::State::Done, patience);
        QCOMPARE(run()->epochs.size(), std::size_t{2});
        const TrainingRun done = *run();
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(modelCardOf(done.folder)), patience);
        QVERIFY(steps().clickButton(QStringLiteral("Open the best")));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->document().model() && m_fixture->document().model()->path == done.best(),
                                 patience);
        QCOMPARE(m_fixture->document().classNames().table().entries.front().name, std::string("ant"));
        QVERIFY(steps().clickTab(QStringLiteral("Evaluation")));
        QVERIFY2(steps().clicks() < 12, qPrintable(QString::number(steps().clicks()))); // one is left for its button
        compareWithCommandLine(done);
    }

    void failuresLeaveWithWhatTheyAreAbout_data()
    {
        QTest::addColumn<bool>("isByPage");
        QTest::newRow("another page") << true;
        QTest::newRow("another data set") << false;
    }

    void failuresLeaveWithWhatTheyAreAbout()
    {
        QFETCH(const bool, isByPage);
        QVERIFY(open());
        MessageBar* messages = m_fixture->window().centre().messages();
        QVERIFY(!steps().pages().data().apply(MergeClasses{{"ant"}, ""}));
        QVERIFY(messages->isVisible());
        const SpeciesFolder other({"dog", "eel"}, 4);
        if (isByPage)
            QVERIFY(steps().clickTab(QStringLiteral("Data set")));
        else
            steps().pages().data().openSources({toPath(other.path())});
        QTRY_VERIFY_WITH_TIMEOUT(!messages->isVisible(), patience);
    }

    void failuresOfPagesOfferNoCommandOfOthers()
    {
        steps().show();
        MessageBar* messages = m_fixture->window().centre().messages();
        for (const Step step : {Step::Export, Step::Explain, Step::Session}) {
            emit steps().pages().failed({step, ErrorCode::Mismatch, "a", "b", "c"});
            QVERIFY(messages->isVisible());
            for (const auto* button : messages->findChildren<QToolButton*>())
                QVERIFY2(!button->defaultAction() || !button->isVisible(), qPrintable(button->text()));
        }
    }

    void anotherWindowFindsTheRun()
    {
        QVERIFY(begin(60));
        const std::filesystem::path folder = run()->folder;
        QTRY_VERIFY_WITH_TIMEOUT(!run()->epochs.empty(), patience);
        makeWindow();
        QTRY_VERIFY_WITH_TIMEOUT(run() && run()->folder == folder, patience);
        QCOMPARE(run()->state, TrainingRun::State::Running);
        steps().show();
        QVERIFY(steps().clickButton(QStringLiteral("Stop after this epoch")));
        QTRY_COMPARE_WITH_TIMEOUT(run()->state, TrainingRun::State::Stopped, patience);
        QVERIFY(run()->epochs.size() < 60);
    }

    void aKilledRunGoesOn()
    {
        constexpr int many = 60; // epochs: more than are over before it is killed
        QVERIFY(begin(many));
        QTRY_VERIFY_WITH_TIMEOUT(!run()->epochs.empty(), patience);
        kill(static_cast<pid_t>(run()->status->process), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(run()->state, TrainingRun::State::Killed, patience);
        const std::size_t before = run()->epochs.size();
        QVERIFY(steps().clickButton(QStringLiteral("Resume")));
        QTRY_COMPARE_WITH_TIMEOUT(run()->state, TrainingRun::State::Done, patience);
        QCOMPARE(run()->epochs.size(), static_cast<std::size_t>(many));
        QVERIFY(before >= 1);
    }

    void aRunThatCannotBeginSaysWhy()
    {
        QVERIFY(open());
        page().form()->setRecipe(QStringLiteral("advanced"));
        steps().command()->setPlainText(QStringLiteral("--epochs many"));
        QVERIFY(steps().clickButton(QStringLiteral("Start training")));
        QTRY_VERIFY_WITH_TIMEOUT(run() && run()->state == TrainingRun::State::Failed, patience);
        QVERIFY2(run()->words.contains(QStringLiteral("epochs")), qPrintable(run()->words));
        removeIt();
    }

    /// Slurm's two programs stand in for a cluster of one process.
    void aJobForAClusterRunsAndComesBack()
    {
        QVERIFY(open());
        RunRecord record;
        record.title = QStringLiteral("job");
        record.created = QDateTime::currentDateTime();
        record.options = (QLatin1String(smallRecipe) + QStringLiteral("2")).split(' ');
        const std::filesystem::path folder = toPath(m_folder->path(QStringLiteral("a job's")));
        std::filesystem::create_directories(folder);
        const std::filesystem::path job = writeClusterJob(folder, record, steps().pages().data());
        m_folder->add(QStringLiteral("bin/srun"), QByteArray("#!/bin/bash\nexec \"${@:2}\"\n"));
        m_folder->add(QStringLiteral("bin/scontrol"), QByteArray("#!/bin/bash\necho node1\necho node2\n"));
        for (const char* name : {"bin/srun", "bin/scontrol"})
            QVERIFY(QFile::setPermissions(m_folder->path(name), QFile::ReadOwner | QFile::ExeOwner));
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"), m_folder->path("bin:") + environment.value(QStringLiteral("PATH")));
        for (const auto& [name, value] :
             {std::pair("SLURM_JOB_NODELIST", "node[1-2]"), {"SLURM_JOB_ID", "123456"}, {"SLURM_CPUS_PER_TASK", "1"}})
            environment.insert(QLatin1String(name), QLatin1String(value));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral("bash"), {toQString(job)});
        QVERIFY(process.waitForFinished(patience));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        page().runs()->add(folder);
        QTRY_VERIFY_WITH_TIMEOUT(page().runs()->find(page().runs()->root() / folder.filename()), patience);
        const TrainingRun* back = page().runs()->find(page().runs()->root() / folder.filename());
        QCOMPARE(back->state, TrainingRun::State::Done);
        QCOMPARE(back->epochs.size(), std::size_t{2});
    }

    void runsWaitForEachOther()
    {
        QVERIFY(begin(60));
        QTRY_VERIFY_WITH_TIMEOUT(!run()->epochs.empty(), patience);
        const std::filesystem::path first = run()->folder;
        steps().command()->setPlainText(QLatin1String(smallRecipe) + QStringLiteral("1"));
        QVERIFY(steps().clickButton(QStringLiteral("Start training")));
        QTRY_VERIFY_WITH_TIMEOUT(run() && run()->folder != first && run()->state == TrainingRun::State::Waiting,
                                 patience);
        launcher::stopNow(*page().runs()->find(first));
        QTRY_COMPARE_WITH_TIMEOUT(run()->state, TrainingRun::State::Done, patience);
        QCOMPARE(page().runs()->find(first)->state, TrainingRun::State::Stopped);
    }

private:
    OwnSpeciesSteps& steps() { return *m_steps; }
    TrainingPage& page() { return m_steps->training(); }
    const TrainingRun* run() { return m_steps->run(); }

    void removeIt()
    {
        const std::filesystem::path folder = run()->folder;
        for (const char* answer : {"Cancel", "Remove"}) {
            QVERIFY(steps().clickButton(QStringLiteral("Remove…")));
            auto* question = page().findChild<QMessageBox*>();
            QVERIFY(question);
            QVERIFY2(question->text().contains(page().runs()->find(folder)->record.title),
                     qPrintable(question->text()));
            QVERIFY(std::filesystem::exists(folder));
            QTest::mouseClick(buttonWithText(*question, answer), Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(!page().findChild<QMessageBox*>(), patience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!page().runs()->find(folder), patience);
        QVERIFY(!std::filesystem::exists(folder));
        QDir trashed(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                     QStringLiteral("/Trash/files/") + toQString(folder.filename()));
        QVERIFY(trashed.exists(QStringLiteral("run.json")));
        trashed.removeRecursively();
    }

    void makeWindow()
    {
        m_fixture->makeWindow();
        m_steps = std::make_unique<OwnSpeciesSteps>(m_fixture->window());
    }

    bool open()
    {
        steps().pages().data().openSources({toPath(m_folder->path())});
        steps().show();
        return QTest::qWaitFor([this] { return steps().isExamined(); }, patience);
    }

    bool begin(int epochs)
    {
        if (!open())
            return false;
        page().form()->setRecipe(QStringLiteral("advanced"));
        steps().command()->setPlainText(QLatin1String(smallRecipe) + QString::number(epochs));
        return steps().clickButton(QStringLiteral("Start training")) &&
               QTest::qWaitFor([this] { return run() && run()->status; }, patience);
    }

    void compareWithCommandLine(const TrainingRun& run)
    {
        const QString out = m_folder->path(QStringLiteral("by-hand"));
        QProcess process;
        process.start(QStringLiteral(OCELLUS_CLI),
                      QStringList{QStringLiteral("train"), QStringLiteral("--dataset"),
                                  toQString(datasetOf(run.folder)), QStringLiteral("--out"), out} +
                          run.record.options);
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 0);
        writeRunRecord(toPath(out), run.record);
        const TrainingRun byHand = readTrainingRun(toPath(out), 0);
        QCOMPARE(byHand.epochs.size(), run.epochs.size());
        for (std::size_t i = 0; i < run.epochs.size(); ++i) {
            QCOMPARE(byHand.epochs[i].trainLoss, run.epochs[i].trainLoss);
            QCOMPARE(byHand.epochs[i].valLoss, run.epochs[i].valLoss);
            QCOMPARE(byHand.epochs[i].accuracy1, run.epochs[i].accuracy1);
        }
    }

    std::unique_ptr<SpeciesFolder> m_folder;
    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<OwnSpeciesSteps> m_steps;
};

QTEST_MAIN(TestOwnSpecies)
#include "test_own_species.moc"
