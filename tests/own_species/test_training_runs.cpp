// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QDesktopServices>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProcess>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/safetensors_writer.h"
#include "core/train/run_lock.h"
#include "core/train/training_log.h"
#include "tests/own_species/species_folder.h"
#include "tests/support/button_with_text.h"
#include "tests/support/error_of.h"
#include "tests/support/memory_source.h"
#include "ui/dataset/dataset_document.h"
#include "ui/document/settings.h"
#include "ui/engine/paths.h"
#include "ui/training/cluster_job.h"
#include "ui/training/curves_view.h"
#include "ui/training/help_text.h"
#include "ui/training/maps_strip.h"
#include "ui/training/model_card.h"
#include "ui/training/run_advice.h"
#include "ui/training/run_launcher.h"
#include "ui/training/run_list.h"
#include "ui/training/run_pane.h"
#include "ui/training/run_table_model.h"
#include "ui/training/training_form.h"
#include "ui/training/training_page.h"
#include "ui/training/training_recipe.h"
#include "ui/training/training_run.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr std::int64_t now = 1'800'000'000;

RunRecord record()
{
    RunRecord record;
    record.title = QStringLiteral("birds, Laptop, an hour");
    record.recipe = QStringLiteral("laptop-hour");
    record.options = {QStringLiteral("--epochs"), QStringLiteral("14")};
    record.dataset = QStringLiteral("birds");
    record.classes = 40;
    record.train = 1600;
    record.val = 400;
    record.created = QDateTime::fromSecsSinceEpoch(now, Qt::UTC);
    return record;
}

EpochReport epoch(int number, double loss, double trainAccuracy, double valLoss, double accuracy)
{
    EpochReport report;
    report.epoch = number;
    report.trainLoss = loss;
    report.trainAccuracy = trainAccuracy;
    report.valLoss = valLoss;
    report.accuracy1 = accuracy;
    report.seconds = 10;
    return report;
}

} // namespace

/// What the folders of training runs tell, whatever became of their processes.
class TestTrainingRuns : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_run = toPath(m_folder->path()) / "run";
    }

    void whatIsNoRunIsRefused_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("no JSON") << QByteArray("hello") << QByteArray();
        QTest::newRow("another JSON") << QByteArray("{\"cook\": 3}") << QByteArray();
        QTest::newRow("deep") << QByteArray(100'000, '[') << QByteArray();
        QTest::newRow("status of another kind") << QByteArray("{\"title\": \"a\"}") << QByteArray("[]");
        QTest::newRow("unknown phase")
            << QByteArray("{\"title\": \"a\"}")
            << QByteArray(R"({"phase": "cooking", "host": "", "process": 1, "seconds": 1, "fraction": 0, "epoch": 0,
                           "epochs": 0, "loss": 0, "seconds_left": 0, "message": ""})");
        QTest::newRow("process that is no number")
            << QByteArray("{\"title\": \"a\"}")
            << QByteArray(R"({"phase": "done", "host": "", "process": "x", "seconds": 1, "fraction": 0, "epoch": 0,
                           "epochs": 0, "loss": 0, "seconds_left": 0, "message": ""})");
        QTest::newRow("large status") << QByteArray("{\"title\": \"a\"}") << QByteArray(200'000, ' ');
    }

    void whatIsNoRunIsRefused()
    {
        QFETCH(const QByteArray, record);
        QFETCH(const QByteArray, status);
        std::filesystem::create_directories(m_run);
        if (!record.isEmpty())
            writeFileAtomically(m_run / "run.json", record.toStdString());
        if (!status.isEmpty())
            writeFileAtomically(runStatusFile(m_run), status.toStdString());
        QString message;
        QVERIFY(errorOf([&] { readTrainingRun(m_run, now); }, &message));
        QVERIFY(message.contains(QStringLiteral("expected")));
    }

    void aRunComesBackAsItWasBegun()
    {
        writeRunRecord(m_run, record());
        QCOMPARE(readTrainingRun(m_run, now).record, record());
    }

    void statesFollowTheFolder_data()
    {
        QTest::addColumn<QString>("phase");
        QTest::addColumn<bool>("isHeld");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("age");
        QTest::addColumn<TrainingRun::State>("state");
        const QString here = QSysInfo::machineHostName();
        using State = TrainingRun::State;
        QTest::newRow("never began") << "" << false << here << 30 << State::Killed;
        QTest::newRow("was begun this moment") << "" << false << here << 1 << State::Waiting;
        QTest::newRow("is held by another machine") << "training" << true << "node17" << 1 << State::Elsewhere;
        QTest::newRow("begins") << "" << true << here << 0 << State::Running;
        QTest::newRow("waits") << "waiting" << true << here << 0 << State::Waiting;
        QTest::newRow("learns") << "training" << true << here << 0 << State::Running;
        QTest::newRow("was killed") << "training" << false << here << 1 << State::Killed;
        QTest::newRow("was killed while it waited") << "waiting" << false << here << 1 << State::Killed;
        QTest::newRow("stopped") << "stopped" << false << here << 1 << State::Stopped;
        QTest::newRow("failed") << "failed" << false << here << 1 << State::Failed;
        QTest::newRow("done") << "done" << false << here << 1 << State::Done;
        QTest::newRow("on a cluster") << "training" << false << "node17" << 20 << State::Elsewhere;
        QTest::newRow("was killed on a cluster") << "training" << false << "node17" << 600 << State::Killed;
    }

    void statesFollowTheFolder()
    {
        QFETCH(const QString, phase);
        QFETCH(const bool, isHeld);
        QFETCH(const QString, host);
        QFETCH(const int, age);
        QFETCH(const TrainingRun::State, state);
        writeRunRecord(m_run, record());
        RunStatus status;
        status.host = host.toStdString();
        status.seconds = now - age;
        for (int i = 0; i <= static_cast<int>(RunPhase::Failed); ++i)
            if (toString(static_cast<RunPhase>(i)) == phase.toStdString())
                status.phase = static_cast<RunPhase>(i);
        if (!phase.isEmpty())
            writeRunStatus(m_run, status);
        writeTrainingLog(m_run / "log.jsonl", {epoch(1, 1, 50, 1, 50)});
        std::optional<RunLock> lock;
        if (isHeld)
            lock.emplace(m_run);
        QCOMPARE(readTrainingRun(m_run, phase.isEmpty() ? now + age : now).state, state);
    }

    void aFolderIsTrainedInOnce()
    {
        std::filesystem::create_directories(m_run);
        {
            const RunLock first(m_run);
            QVERIFY(RunLock::isHeld(m_run));
            QCOMPARE(errorOf([&] { const RunLock second(m_run); }), ErrorCode::BadArgument);
        }
        QVERIFY(!RunLock::isHeld(m_run));
    }

    void wordsFitTheNumbers_data()
    {
        QTest::addColumn<std::vector<EpochReport>>("epochs");
        QTest::addColumn<QString>("word");
        QTest::newRow("learns by heart") << std::vector{epoch(1, 2, 30, 2, 30), epoch(2, 1, 70, 2, 40),
                                                        epoch(3, 0.5, 95, 2, 42)}
                                         << "by heart";
        QTest::newRow("overfits") << std::vector{epoch(1, 2, 60, 1, 60), epoch(2, 1, 65, 0.8, 62),
                                                 epoch(3, 0.9, 70, 1.5, 61)}
                                  << "overfits";
        QTest::newRow("diverges") << std::vector{epoch(1, 2, 10, 2, 10), epoch(2, 9, 3, 9, 3)} << "diverges";
        QTest::newRow("learns nothing") << std::vector{epoch(1, 3.6, 2, 3.6, 2), epoch(2, 3.6, 2, 3.6, 3),
                                                       epoch(3, 3.6, 2, 3.6, 2)}
                                        << "guessing";
        std::vector never{epoch(1, 2, 40, 1.8, 45), epoch(2, 1, 70, 0.9, 72), epoch(3, 0.6, 85, 0.6, 80)};
        never.back().neverNamed = {7, {"Anas crecca", "Anas acuta"}};
        QTest::newRow("a class that is never named") << never << "taken for Anas crecca, Anas acuta and 5 more.";
    }

    void wordsFitTheNumbers()
    {
        QFETCH(const std::vector<EpochReport>, epochs);
        QFETCH(const QString, word);
        TrainingRun run;
        run.record = record();
        run.epochs = epochs;
        QVERIFY2(adviceOn(run).join(' ').contains(word), qPrintable(adviceOn(run).join(' ')));
        run.epochs = {epoch(1, 2, 40, 1.8, 45), epoch(2, 1, 70, 0.9, 72), epoch(3, 0.6, 85, 0.6, 80)};
        const QString healthy = adviceOn(run).join(' ');
        QVERIFY2(!healthy.contains(word), qPrintable(healthy));
        QVERIFY(bestText(run).startsWith(QStringLiteral("Best so far: 80.0 %")));
        run.state = TrainingRun::State::Done;
        QVERIFY(bestText(run).startsWith(QStringLiteral("Best: 80.0 %")));
        run.epochs.clear();
        QCOMPARE(bestText(run), QString());
    }

    void lossesAreReadable_data()
    {
        QTest::addColumn<double>("loss");
        QTest::addColumn<QString>("text");
        QTest::newRow("tiny") << 1.44e-5 << "less than 0.001";
        QTest::newRow("small") << 0.01234 << "0.0123";
        QTest::newRow("usual") << 3.6889 << "3.69";
    }

    void lossesAreReadable()
    {
        QFETCH(const double, loss);
        QTEST(lossText(loss), "text");
    }

    void aRowOfMapsIsSeenWhole()
    {
        QImage row(1200, 150, QImage::Format_RGB32);
        row.fill(Qt::darkGreen);
        QVERIFY(row.save(m_folder->filePath("epoch-0001.png")));
        MapsStrip strip;
        strip.resize(1000, 400);
        strip.show();
        strip.setMaps({toPath(m_folder->filePath("epoch-0001.png"))});
        QVERIFY(strip.widget()->width() <= strip.viewport()->width());
        QCOMPARE(strip.figure().width(), 1200);
        strip.resize(400, 400); // too small to be seen
        QTRY_VERIFY(strip.horizontalScrollBar()->maximum() > 0);
        QCOMPARE(strip.widget()->width(), 600);
        strip.resize(1400, 400);
        QTRY_COMPARE(strip.widget()->width(), 1200);
    }

    void curvesOfNothingStayAsTheyAre()
    {
        CurvesView view;
        view.resize(600, 300);
        TrainingRun run;
        run.record = record();
        view.setRuns({{run.record.title, {}, 400}});
        const QImage before = view.grab().toImage();
        for (int look = 0; look < 20; ++look)
            view.setRuns({{run.record.title, {}, 400}});
        QCOMPARE(view.grab().toImage(), before);
        view.setRuns({{run.record.title, {epoch(1, 50, 1, 50, 1), epoch(2, 40, 1, 45, 1)}, 400}});
        view.setRuns({{run.record.title, {}, 400}}); // another run's range is not left behind
        QCOMPARE(view.grab().toImage(), before);
    }

    void aRunThatIsToldToStopSaysSo()
    {
        RunPane pane;
        pane.resize(800, 500);
        pane.show();
        QSignalSpy wanted(&pane, &RunPane::stopNowWanted);
        TrainingRun run;
        run.folder = m_run;
        run.record = record();
        run.state = TrainingRun::State::Running;
        run.status.emplace().phase = RunPhase::Training;
        pane.setRuns({run});
        QPushButton* stop = buttonWithText(pane, "Stop now");
        QTest::mouseClick(stop, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QVERIFY(says(pane, "Stopping") && !stop->isEnabled());
        pane.setRuns({run}); // it is in its step yet
        QVERIFY(says(pane, "Stopping") && !stop->isEnabled());
        run.state = TrainingRun::State::Stopped;
        pane.setRuns({run});
        QVERIFY(says(pane, "Stopped") && !stop->isVisible());
        run.state = TrainingRun::State::Running; // resumed
        pane.setRuns({run});
        QVERIFY(!says(pane, "Stopping") && stop->isEnabled());
    }

    void aRunBehindOthersWaits()
    {
        RunPane pane;
        TrainingRun run;
        run.folder = m_run;
        run.record = record();
        run.state = TrainingRun::State::Waiting;
        pane.setRuns({run}, true);
        QVERIFY(says(pane, "Waiting for the runs before it"));
        pane.setRuns({run}, false);
        QVERIFY(says(pane, "Starting"));
    }

    void onlyDifferencesAreTold()
    {
        std::vector<TrainingRun> runs(2);
        runs[0].record.options = {"--epochs", "14", "--lr", "5e-4", "--dilation"};
        runs[1].record.options = {"--epochs", "30", "--lr", "5e-4", "--dilation"};
        QCOMPARE(differencesOf(runs), (QStringList{"--epochs 14", "--epochs 30"}));
        QCOMPARE(differencesOf({runs[0]}), QStringList{QString()});
        runs[0].record.options += {"--watch-maps", "8"};
        QCOMPARE(differencesOf(runs), (QStringList{"--epochs 14", "--epochs 30"}));
    }

    void columnsFollowTheRuns()
    {
        makePage();
        const std::filesystem::path run = m_page->runs()->root() / "run";
        RunStatus status;
        status.phase = RunPhase::Done;
        status.host = QSysInfo::machineHostName().toStdString();
        writeRunRecord(run, record());
        writeRunStatus(run, status);
        writeTrainingLog(run / "log.jsonl", {});
        auto* view = m_page->findChild<QTableView*>();
        m_page->runs()->lookAgain();
        QTRY_COMPARE(view->model()->rowCount(), 1);
        const int before = view->columnWidth(RunTableModel::Accuracy);
        writeTrainingLog(run / "log.jsonl", {epoch(1, 1, 50, 1, 50)});
        m_page->runs()->lookAgain();
        const auto accuracy = [view] { return view->model()->index(0, RunTableModel::Accuracy).data().toString(); };
        QTRY_VERIFY(!accuracy().isEmpty());
        QVERIFY(view->columnWidth(RunTableModel::Accuracy) >= view->fontMetrics().horizontalAdvance(accuracy()));
        QVERIFY(view->columnWidth(RunTableModel::Accuracy) >= before);
        constexpr int last = RunTableModel::Differences; // fills the rest
        QCOMPARE(view->columnViewportPosition(last) + view->columnWidth(last), view->viewport()->width());
    }

    void recipesNameTheirWeights()
    {
        for (const TrainingRecipe& recipe : trainingRecipes()) {
            QVERIFY(recipeOf(recipe.key));
            QVERIFY(!recipe.purpose.isEmpty() && !recipe.known.isEmpty() && !recipe.whereToGet.isEmpty());
        }
        const StartWeights birds{StartWeights::Kind::Backbone, "mobilenet_v2", "MobileNetV2"};
        const QStringList options = optionsOf(trainingRecipes().front(), "/w/birds.safetensors", birds);
        QVERIFY(options.join(' ').startsWith("--backbone mobilenet_v2 --backbone-weights /w/birds.safetensors"));
        const StartWeights detr{StartWeights::Kind::Whole, "resnet50", "a DETR"};
        QVERIFY(optionsOf(trainingRecipes()[2], "/w/detr.pth", detr).contains("--finetune"));
    }

    void overnightAVisionTransformerLearnsToo()
    {
        const StartWeights vit{StartWeights::Kind::Backbone, "vit_small_patch14_dinov2", "a ViT"};
        const auto trains = [&](const char* key) {
            return optionsOf(*recipeOf(QLatin1String(key)), "/w/vit.pth", vit).contains("--train-backbone");
        };
        QVERIFY(trains("laptop-night"));
        QVERIFY(!trains("laptop-hour"));
    }

    void wordsComeBackFromALine_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("space") << QStringList{"--finetune", "/my weights/a  b.pth"};
        QTest::newRow("quote") << QStringList{"/a\"b", "c"};
        QTest::newRow("both") << QStringList{"\"a b\"", "c d\""};
        QTest::newRow("tab, new line") << QStringList{"a\tb", "c\nd"};
    }

    void wordsComeBackFromALine()
    {
        QFETCH(const QStringList, words);
        QCOMPARE(QProcess::splitCommand(launcher::commandText(words)), words);
    }

    void whatIsTypedStays()
    {
        const QString weights = m_folder->filePath(QStringLiteral("my  weights.safetensors"));
        writeSafetensors(toPath(weights),
                         MemorySource({{"features.0.0.weight", {{2, 2}, {1, 2, 3, 4}}},
                                       {"features.17.conv.0.0.weight", {{2, 2}, {1, 2, 3, 4}}}}),
                         DType::Float32);
        Settings settings(m_folder->filePath(QStringLiteral("settings.ini")));
        TrainingForm form(settings);
        form.setRecipe(QStringLiteral("advanced"));
        form.setWeights(toPath(weights));
        QTRY_VERIFY(form.options().contains(weights));
        QPlainTextEdit* options = nullptr;
        for (auto* edit : form.findChildren<QPlainTextEdit*>())
            if (edit->accessibleName() == QLatin1String("Options of the run"))
                options = edit;
        QVERIFY(options);
        options->setPlainText(QStringLiteral("--epochs 3"));
        form.setRecipe(QStringLiteral("laptop-hour"));
        form.setRecipe(QStringLiteral("advanced"));
        QCOMPARE(form.options(), (QStringList{"--epochs", "3"}));
    }

    void aFolderThatIsGoneIsToldOnce()
    {
        makePage();
        const std::filesystem::path run = m_page->runs()->root() / "run";
        writeRunRecord(run, record());
        m_page->runs()->lookAgain();
        QTRY_VERIFY(m_page->pane()->run());
        QSignalSpy told(m_page.get(), &TrainingPage::done);
        std::filesystem::remove_all(run);
        m_page->runs()->lookAgain();
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(told.first().first().toString(), QStringLiteral("The folder of birds, Laptop, an hour is gone."));
        QSignalSpy looked(m_page->runs(), &RunList::changed);
        m_page->runs()->lookAgain();
        QTRY_VERIFY(!looked.isEmpty());
        QCOMPARE(told.count(), 1);
    }

    void theFolderAndTheCardAreOpened()
    {
        const auto restored = qScopeGuard([] { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); });
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "takeUrl");
        makePage();
        const std::filesystem::path run = m_page->runs()->root() / "run";
        writeRunRecord(run, record());
        writeFileAtomically(run / "best.safetensors", "weights");
        m_page->runs()->lookAgain();
        QTRY_VERIFY(m_page->pane()->run());
        QTest::mouseClick(buttonWithText(*m_page, "Show folder"), Qt::LeftButton);
        QCOMPARE(m_opened, QUrl::fromLocalFile(toQString(run)));
        QSignalSpy wrote(m_page.get(), &TrainingPage::wrote);
        QTest::mouseClick(buttonWithText(*m_page, "Model card"), Qt::LeftButton);
        QCOMPARE(wrote.count(), 1);
        wrote.first().last().value<QAction*>()->trigger();
        QCOMPARE(m_opened, QUrl::fromLocalFile(toQString(run / "model-card.html")));
        QVERIFY(QFile::exists(m_opened.toLocalFile()));
    }

    void aStartEndsTheEstimate()
    {
        writeFileAtomically(toPath(m_folder->filePath("cli")),
                            "#!/bin/sh\nexec cat > /dev/null\n"); // until it is killed
        QFile::setPermissions(m_folder->filePath("cli"), QFile::ReadOwner | QFile::ExeOwner);
        const auto restored = qScopeGuard([before = qgetenv("OCELLUS_CLI")] { qputenv("OCELLUS_CLI", before); });
        qputenv("OCELLUS_CLI", m_folder->filePath("cli").toUtf8());
        const SpeciesFolder folder({"train/ant", "train/bee", "val/ant", "val/bee"}, 3);
        makePage();
        m_page->form()->setRecipe(QStringLiteral("advanced"));
        m_dataset->openSources({toPath(folder.path())});
        QTRY_VERIFY(!m_dataset->isEmpty() && m_dataset->work() == DatasetDocument::Work::None);
        const auto saysSteps = [this] { return says(*m_page->form(), "a few steps to see"); };
        QTest::mouseClick(buttonWithText(*m_page, "Estimate time and memory"), Qt::LeftButton);
        QVERIFY(saysSteps());
        QTest::mouseClick(buttonWithText(*m_page, "Start training"), Qt::LeftButton);
        QVERIFY(!saysSteps());
        QVERIFY(buttonWithText(*m_page, "Estimate time and memory"));
    }

    void refusedWeightsLeaveTheAddresses()
    {
        writeFileAtomically(toPath(m_folder->filePath("weights.pth")), "no weights");
        Settings settings(m_folder->filePath(QStringLiteral("settings.ini")));
        TrainingForm form(settings);
        QVERIFY(says(form, "href=\"https://download.pytorch.org/models/"));
        form.setWeights(toPath(m_folder->filePath("weights.pth")));
        QTRY_COMPARE(form.whyNot(), QStringLiteral("These weights cannot be started from."));
        QVERIFY(says(form, "weights.pth") && says(form, "href=\"https://download.pytorch.org/models/"));
    }

    void helpFitsANarrowPlace_data()
    {
        QTest::addColumn<QString>("help");
        QTest::addColumn<QString>("narrow");
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("no option") << "Usage: x [OPTIONS]\n\nOptions:"
                                   << "Usage: x [OPTIONS]\n\nOptions:";
        QTest::newRow("beside it") << "  --lr FLOAT=0.1              How fast"
                                   << "--lr FLOAT=0.1\n    How fast";
        QTest::newRow("below it") << "  --watch-maps INT:INT in [1 - 100]\n                              Draw\n"
                                     "                              maps\n  --json"
                                  << "--watch-maps INT:INT in [1 - 100]\n    Draw maps\n--json";
        QTest::newRow("a meaning of nothing") << "                    stray"
                                              << "                    stray";
    }

    void helpFitsANarrowPlace()
    {
        QFETCH(const QString, help);
        QTEST(narrowHelp(help), "narrow");
    }

    void eachSpeciesIsLearnedAndJudged()
    {
        const SpeciesFolder folder({"train/ant", "train/bee", "train/cat", "val/ant", "val/bee"}, 3);
        Settings settings(m_folder->filePath(QStringLiteral("settings.ini")));
        DatasetDocument dataset;
        TrainingPage page(dataset, settings, [](QWidget*, const FileQuestion&, const auto&) {});
        page.form()->setRecipe(QStringLiteral("advanced")); // which takes any weights
        dataset.openSources({toPath(folder.path())});
        QTRY_VERIFY(!dataset.isEmpty() && dataset.work() == DatasetDocument::Work::None);
        QVERIFY2(page.form()->whyNot().startsWith(QStringLiteral("1 species")), qPrintable(page.form()->whyNot()));
    }

    void aJobBringsItsWeights()
    {
        const std::filesystem::path weights = toPath(m_folder->filePath(QStringLiteral("detr's.pth")));
        writeFileAtomically(weights, "weights");
        RunRecord began = record();
        began.options = {"--finetune", toQString(weights), "--backbone-weights", "none"};
        writeClusterJob(m_run, began, DatasetDocument());
        QVERIFY(std::filesystem::exists(m_run / "start-detr's.pth"));
        QCOMPARE(readTrainingRun(m_run, now).record.options,
                 (QStringList{"--finetune", "./start-detr's.pth", "--backbone-weights", "none"}));
    }

    void aJobQuotesItsWords()
    {
        RunRecord odd = record();
        odd.options = {"--backbone-weights", "/w/it's here; rm.pth"};
        QVERIFY(clusterJobText(odd).contains("'/w/it'\\''s here; rm.pth'"));
        QVERIFY(clusterJobText(odd).startsWith("#!/bin/bash\n"));
    }

    void aCardIsNoMarkupOfNames()
    {
        TrainingRun run;
        run.record = record();
        run.record.dataset = QStringLiteral("<b>birds</b> | x");
        run.epochs = {epoch(1, 1, 50, 1, 50)};
        const QString card = modelCardText(run);
        QVERIFY(!card.contains("<b>"));
        QVERIFY(card.contains("50.0 %"));
        std::filesystem::create_directories(m_run);
        run.folder = m_run;
        QVERIFY(std::filesystem::exists(writeModelCard(run)));
        QFile page(toQString(m_run / "model-card.html"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString html = QString::fromUtf8(page.readAll());
        QVERIFY2(html.contains("&lt;b&gt;birds&lt;/b&gt; | x") && html.contains("<table"), qPrintable(html));
    }

    void aCardTellsOthersWhatTheyNeed()
    {
        TrainingRun run;
        run.folder = "/home/somebody/runs/birds-1";
        run.record = record();
        run.record.options = {"--backbone-weights", "/home/somebody/my weights.safetensors", "--epochs", "14"};
        run.state = TrainingRun::State::Done;
        run.epochs = {epoch(1, 1, 50, 1, 50)};
        QString card = modelCardText(run);
        QVERIFY2(!card.contains("somebody"), qPrintable(card));
        QVERIFY2(card.contains("--out birds-1 --backbone-weights \"my weights.safetensors\" --epochs 14"),
                 qPrintable(card));
        QVERIFY(card.indexOf("Best: 50.0 %") < card.indexOf("## Limits") && card.contains("Best: 50.0 %"));
        QVERIFY(card.contains("first five"));
        run.record.classes = 5;
        card = modelCardText(run);
        QVERIFY(!card.contains("first five"));
    }

    void argumentsAreThoseOfTheCommandLine()
    {
        const QStringList words = launcher::arguments("/r", {"--epochs", "3"}, true, {"/other"});
        QCOMPARE(words.join(' '), QStringLiteral("train --dataset /r/data.ocellus-dataset --out /r --epochs 3 --resume "
                                                 "--after /other"));
    }

public slots:
    void takeUrl(const QUrl& url) { m_opened = url; }

private:
    static bool says(const QWidget& widget, const QString& words)
    {
        return std::ranges::any_of(widget.findChildren<QLabel*>(),
                                   [&words](QLabel* label) { return label->text().contains(words); });
    }

    /// With runs of its own, and without a data set.
    void makePage()
    {
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_dataset = std::make_unique<DatasetDocument>();
        m_page =
            std::make_unique<TrainingPage>(*m_dataset, *m_settings, [](QWidget*, const FileQuestion&, const auto&) {});
        m_page->resize(1200, 800);
        m_page->show();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_run;
    QUrl m_opened;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<DatasetDocument> m_dataset;
    std::unique_ptr<TrainingPage> m_page;
};

QTEST_MAIN(TestTrainingRuns)
#include "test_training_runs.moc"
