// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "core/evaluation/data_classes.h"
#include "core/evaluation/picture_asking.h"
#include "tests/support/button_with_text.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/window/window_fixture.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/number_table_model.h"
#include "ui/dataset/dataset_document.h"
#include "ui/document/unusualness_text.h"
#include "ui/engine/paths.h"
#include "ui/evaluation/class_results.h"
#include "ui/evaluation/confusion_pane.h"
#include "ui/evaluation/confusion_view.h"
#include "ui/evaluation/evaluated_pictures_model.h"
#include "ui/evaluation/evaluation_form.h"
#include "ui/evaluation/evaluation_page.h"
#include "ui/evaluation/evaluation_study.h"
#include "ui/evaluation/model_comparison_pane.h"
#include "ui/evaluation/pair_maps.h"
#include "ui/evaluation/trust_pane.h"
#include "ui/models/menu_subject.h"
#include "ui/widgets/matrix_view.h"
#include "ui/window/central_view.h"
#include "ui/window/species_pages.h"

using namespace ocellus;

namespace fs = std::filesystem;

namespace {

constexpr int patience = 120'000;
const QStringList species{"Ant", "Bee", "Cat", "Dog", "Emu"};

} // namespace

/// The evaluation's page in the real window.
class TestEvaluationPage : public QObject {
    Q_OBJECT

private slots:
    void init();
    void tellsWhatCannotBeEvaluated_data();
    void tellsWhatCannotBeEvaluated();
    void needsAModelAndPictures();
    void numbersAreTheCommandLines();
    void leavesOutWhatCannotBeRead();
    void cancelKeepsWhatIsNamed();
    void stoppedAmongUnusualPicturesIsNotComplete();
    void goesOnWhenAnotherModelIsOpened();
    void theChosenPartStays();
    void menusAreOfTheOpenModelsClasses();
    void resultsOfAChangedDataSetAreStale();
    void aCellOpensItsPictures();
    void mapsAreOfTheCropThatWasEvaluated();
    void keepsTrustWithTheModel();
    void marksPicturesByTheKeptThreshold();
    void comparesTwoModels();
    void writesWhatTheCommandLineWrites();

private:
    /// Class folders with so many pictures each; returns the folder.
    fs::path data(const QString& name, int pictures, const QStringList& classes = species) const;
    bool evaluate(const fs::path& folder);
    bool finish() const;

    std::unique_ptr<WindowFixture> m_fixture;
    EvaluationPage* m_page = nullptr;
    EvaluationStudy* m_study = nullptr;
};

void TestEvaluationPage::init()
{
    if (m_fixture)
        m_fixture->restart();
    else
        m_fixture = std::make_unique<WindowFixture>();
    QFile::remove(m_fixture->checkpoint() + ".ocellus-model.json");
    m_page = m_fixture->window().findChild<EvaluationPage*>();
    m_study = m_page->study();
    m_fixture->window().centre().showPage(m_page);
}

fs::path TestEvaluationPage::data(const QString& name, int pictures, const QStringList& classes) const
{
    const QDir folder(m_fixture->path(name));
    for (const QString& of : classes) {
        folder.mkpath(of);
        for (int i = 0; i < pictures; ++i) {
            const QString file = folder.filePath(QStringLiteral("%1/%2.png").arg(of).arg(i));
            QImage picture(64 + 2 * i, 64, QImage::Format_RGB32);
            picture.fill(qRgb(23 * i % 256, 40 * static_cast<int>(of.front().unicode()) % 256, 90));
            for (int x = 0; x < 40; ++x)
                picture.setPixel(x, (x * (i + 3)) % 64, qRgb(255, x, i));
            picture.save(file);
        }
    }
    return toPath(folder.path());
}

bool TestEvaluationPage::finish() const
{
    return QTest::qWaitFor([this] { return !m_study->isRunning(); }, patience);
}

bool TestEvaluationPage::evaluate(const fs::path& folder)
{
    m_study->source().takeFolder(folder);
    QPushButton* start = buttonWithText(*m_page, "Evaluate");
    if (!start->isEnabled())
        return false;
    start->click();
    return m_study->isRunning() && finish();
}

void TestEvaluationPage::tellsWhatCannotBeEvaluated_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QStringList>("classes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no such folder") << "nowhere" << QStringList() << "nowhere";
    QTest::newRow("folders of another count") << "three" << species.first(3) << "expected 5 folders";
}

void TestEvaluationPage::tellsWhatCannotBeEvaluated()
{
    QFETCH(const QString, folder);
    QFETCH(const QStringList, classes);
    QFETCH(const QString, expected);
    QVERIFY(m_fixture->openAll());
    const fs::path path = classes.isEmpty() ? toPath(m_fixture->path(folder)) : data(folder, 1, classes);
    QVERIFY(evaluate(path));
    QVERIFY2(m_page->note().contains(expected), qPrintable(m_page->note()));
    QVERIFY(!m_study->findings());
    QVERIFY(buttonWithText(*m_page, "Evaluate")->isEnabled());
}

void TestEvaluationPage::needsAModelAndPictures()
{
    QVERIFY(!buttonWithText(*m_page, "Evaluate")->isEnabled());
    QVERIFY(m_fixture->openAll());
    QVERIFY(!buttonWithText(*m_page, "Evaluate")->isEnabled()); // no data set is open
    m_study->source().takeFolder(data("ready", 1));
    QVERIFY(buttonWithText(*m_page, "Evaluate")->isEnabled());
}

void TestEvaluationPage::numbersAreTheCommandLines()
{
    QVERIFY(m_fixture->openAll());
    const fs::path folder = data("numbers", 3);
    QVERIFY(evaluate(folder));
    QVERIFY2(m_study->findings(), qPrintable(m_page->note()));
    const EvaluationFindings& found = *m_study->findings();
    QCOMPARE(found.pictures.size(), std::size_t{15});
    QVERIFY(!found.isPartial());

    Engine engine(askingOptions({}));
    const ModelDescription& model = engine.open(toPath(m_fixture->checkpoint()));
    const LabelledData listed = labelledData(folder, {}, model, {}, {});
    const AskingSettings settings{m_fixture->document().request().preprocess, {}};
    Evaluation evaluation;
    for (std::size_t i = 0; i < listed.listing.pictures.size(); ++i) {
        const LabelledPicture& picture = listed.listing.pictures[i];
        const AskedPicture asked = ask(engine, picture, settings, {});
        QVERIFY(found.pictures[i].picture.file.path == picture.file.path);
        QCOMPARE(found.pictures[i].asked.logits, asked.logits); // every bit
        QCOMPARE(found.pictures[i].asked.output, asked.output);
        evaluation.add(outcomeOf(asked.logits, picture.classIndex));
    }
    QCOMPARE(found.report.evaluation.accuracy(), evaluation.accuracy());
    QCOMPARE(found.report.evaluation.meanLoss(), evaluation.meanLoss());
    QVERIFY(m_page->headline().contains("of 15 pictures"));
    QVERIFY(m_page->staleText().isEmpty());
    QVERIFY(!found.report.notes.empty()); // nothing confirms the folders' order
}

void TestEvaluationPage::leavesOutWhatCannotBeRead()
{
    QVERIFY(m_fixture->openAll());
    const fs::path folder = data("damaged", 2);
    m_fixture->write("damaged/Bee/0.png", "no picture");
    QVERIFY(evaluate(folder));
    QVERIFY(m_study->findings());
    QCOMPARE(m_study->findings()->report.leftOut, std::vector<std::string>{"Bee/0.png"});
    QCOMPARE(m_study->findings()->report.evaluation.n(), 9);
    QVERIFY(!m_study->findings()->isPartial());
}

void TestEvaluationPage::cancelKeepsWhatIsNamed()
{
    QVERIFY(m_fixture->openAll());
    m_study->source().takeFolder(data("cancelled", 8));
    buttonWithText(*m_page, "Evaluate")->click();
    auto* progress = m_page->form()->findChild<QProgressBar*>();
    QVERIFY(QTest::qWaitFor([progress] { return progress->maximum() == 40 && progress->value() >= 3; }, patience));
    buttonWithText(*m_page, "Cancel")->click();
    QVERIFY(finish());
    QVERIFY(m_study->findings());
    const EvaluationFindings& found = *m_study->findings();
    QVERIFY(found.isPartial());
    QCOMPARE(found.planned, std::size_t{40});
    QVERIFY(found.pictures.size() >= 3);
    QVERIFY2(m_page->headline().startsWith("Stopped"), qPrintable(m_page->headline()));
    // Nothing is kept of a part, and nothing compared.
    QVERIFY(!buttonWithText(*m_page, "Keep with the model")->isEnabled());
    QVERIFY(!buttonWithText(*m_page, "Compare with another model…")->isEnabled());
}

void TestEvaluationPage::stoppedAmongUnusualPicturesIsNotComplete()
{
    QVERIFY(m_fixture->openAll());
    m_study->setUnusual(data("strange", 8, {"Yak"}));
    m_study->source().takeFolder(data("few", 2));
    QPushButton* cancel = buttonWithText(*m_page, "Cancel");
    QObject context;
    connect(m_page->form()->findChild<QProgressBar*>(), &QProgressBar::valueChanged, &context, [cancel](int value) {
        if (value == 12) // of 10 and 8 unusual ones
            cancel->click();
    });
    buttonWithText(*m_page, "Evaluate")->click();
    QVERIFY(finish());
    QVERIFY2(m_study->findings(), qPrintable(m_page->note()));
    QCOMPARE(m_study->findings()->pictures.size(), std::size_t{10});
    QCOMPARE(m_study->findings()->unusual.size(), std::size_t{2});
    QCOMPARE(m_study->findings()->unusualLeft, std::size_t{6});
    QVERIFY(m_study->findings()->isPartial());
    QVERIFY2(m_page->headline().startsWith("Stopped before"), qPrintable(m_page->headline()));
    QVERIFY(!buttonWithText(*m_page, "Keep with the model")->isEnabled());
}

void TestEvaluationPage::goesOnWhenAnotherModelIsOpened()
{
    QVERIFY(m_fixture->openAll());
    m_study->source().takeFolder(data("another", 6));
    buttonWithText(*m_page, "Evaluate")->click();
    auto* progress = m_page->form()->findChild<QProgressBar*>();
    QVERIFY(QTest::qWaitFor([progress] { return progress->maximum() == 30 && progress->value() >= 2; }, patience));
    m_fixture->document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
    QVERIFY(finish());
    QVERIFY2(m_study->findings(), qPrintable(m_page->note()));
    QVERIFY(!m_study->findings()->isPartial());
    QVERIFY(m_study->findings()->report.model.path == toPath(m_fixture->checkpoint()));
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->document().classCount(), int(WindowFixture::OtherClasses), patience);
    QVERIFY2(m_page->staleText().contains("small.safetensors"), qPrintable(m_page->staleText()));
    QVERIFY(!buttonWithText(*m_page, "Keep with the model")->isEnabled());
    m_fixture->document().openCheckpoint(toPath(m_fixture->checkpoint()));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->staleText().isEmpty(), patience);
}

void TestEvaluationPage::resultsOfAChangedDataSetAreStale()
{
    QVERIFY(m_fixture->openAll());
    DatasetDocument& set = m_fixture->window().findChild<SpeciesPages*>()->data();
    set.openSources({data("changed", 3)});
    QTRY_VERIFY_WITH_TIMEOUT(!set.isEmpty() && set.work() == DatasetDocument::Work::None, patience);
    m_study->source().takeOpenDataset();
    QPushButton* start = buttonWithText(*m_page, "Evaluate");
    QTRY_VERIFY(start->isEnabled());
    start->click();
    QVERIFY(finish());
    QVERIFY2(m_study->findings(), qPrintable(m_page->note()));
    QVERIFY2(m_page->staleText().isEmpty(), qPrintable(m_page->staleText()));
    QVERIFY(set.apply(ExcludePictures{{0}, "blurred"}));
    QTRY_VERIFY(m_page->staleText().contains("data set has been changed"));
    set.undo();
    QTRY_VERIFY(m_page->staleText().isEmpty());
}

void TestEvaluationPage::theChosenPartStays()
{
    DatasetDocument& set = m_fixture->window().findChild<SpeciesPages*>()->data();
    const auto open = [&set](const fs::path& folder) {
        set.openSources({folder});
        return QTest::qWaitFor([&set] { return !set.isEmpty() && set.work() == DatasetDocument::Work::None; },
                               patience);
    };
    QVERIFY(open(data("parts", 10)));
    QCOMPARE(m_study->source().wanted().part, std::optional(PictureSplit::Val));
    auto* parts = m_page->form()->findChild<QComboBox*>();
    QTest::keyClick(parts, Qt::Key_End);
    QCOMPARE(m_study->source().wanted().part, std::optional<PictureSplit>());
    QVERIFY(set.apply(ExcludePictures{{0}, "blurred"}));
    QTRY_COMPARE(parts->currentText(), QString("all pictures (49)"));
    // Another data set is another question.
    QVERIFY(open(data("others", 10)));
    QTRY_COMPARE(m_study->source().wanted().part, std::optional(PictureSplit::Val));
}

void TestEvaluationPage::menusAreOfTheOpenModelsClasses()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(evaluate(data("menus", 2)));
    ConfusionPane& pane = *m_page->confusions();
    const auto tables = pane.findChildren<QTableView*>();
    const auto pairs = std::ranges::find(tables, QString("Most confused pairs"), &QWidget::accessibleName);
    QVERIFY(pairs != tables.end() && (*pairs)->model()->rowCount() > 0);
    QVERIFY(!subjectOf((*pairs)->model()->index(0, 0)).classIndex); // a pair is no class
    pane.view()->chooseNextConfusion();
    const QModelIndex picture = pane.pictures()->index(0), ofClass = m_page->classes()->rows()->index(0, 0);
    QVERIFY(subjectOf(picture).classIndex && subjectOf(ofClass).classIndex);
    m_fixture->document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->staleText().isEmpty(), patience);
    QVERIFY(!subjectOf(picture).classIndex && !subjectOf(ofClass).classIndex);
    for (const QAction* action : m_fixture->window().findChildren<QAction*>())
        QVERIFY(action->text() != "Limit to &most confused with this one" || !action->isEnabled());
    QVERIFY(!subjectOf(picture).picture.empty());
}

void TestEvaluationPage::aCellOpensItsPictures()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(evaluate(data("cells", 3)));
    ConfusionPane& pane = *m_page->confusions();
    ConfusionView& view = *pane.view();
    view.chooseNextConfusion();
    QVERIFY(view.row() >= 0 && view.row() != view.column());
    const int trueClass = view.table().classAt(view.row()), named = view.table().classAt(view.column());
    m_fixture->document().setCurrentClass(trueClass);
    const auto actions = m_fixture->window().findChildren<QAction*>();
    const auto limit = std::ranges::find(actions, QString("Limit to &most confused with this one"),
                                         [](QAction* a) { return a->text(); });
    QVERIFY(limit != actions.end() && (*limit)->isEnabled());
    (*limit)->trigger();
    QVERIFY(m_fixture->document().limit().active.contains(trueClass) &&
            m_fixture->document().limit().active.contains(named));
    m_fixture->document().setLimit({});
    QCOMPARE(pane.pictures()->rowCount(), view.table().count(view.row(), view.column()));
    for (int row = 0; row < pane.pictures()->rowCount(); ++row) {
        QCOMPARE(pane.pictures()->at(row)->outcome.trueClass, trueClass);
        QCOMPARE(pane.pictures()->at(row)->outcome.predicted, named);
    }
    QPushButton* compare = buttonWithText(pane, "Compare the two");
    QVERIFY(!compare->isEnabled()); // no picture is chosen
    const auto lists = pane.findChildren<QListView*>();
    const auto found = std::ranges::find(lists, QString("Pictures of the chosen cell"), &QWidget::accessibleName);
    QVERIFY(found != lists.end());
    QListView* list = *found;
    list->setCurrentIndex(pane.pictures()->index(0));
    QVERIFY(compare->isEnabled());
    const fs::path picture = pane.pictures()->at(0)->picture.file.path;
    compare->click();
    auto* classes = m_fixture->window().findChild<ClassComparison*>();
    QCOMPARE(m_fixture->window().centre().currentPage(), classes);
    QCOMPARE(classes->classes(), (QList<int>{trueClass, named}));
    QVERIFY(m_fixture->document().editor().picture() == picture);
}

void TestEvaluationPage::mapsAreOfTheCropThatWasEvaluated()
{
    QVERIFY(m_fixture->openAll());
    DatasetDocument& set = m_fixture->window().findChild<SpeciesPages*>()->data();
    set.openSources({data("crops", 3)});
    QTRY_VERIFY_WITH_TIMEOUT(!set.isEmpty() && set.work() == DatasetDocument::Work::None, patience);
    AssignBoxes boxes;
    for (int i = 0; i < static_cast<int>(set.dataset().pictures.size()); ++i) {
        boxes.pictures.push_back(i);
        boxes.boxes.push_back({10, 12, 40, 30});
    }
    QVERIFY(set.apply(boxes) && set.apply(CropToBoxes{true, 0}));
    m_study->source().takeOpenDataset();
    QPushButton* start = buttonWithText(*m_page, "Evaluate");
    QTRY_VERIFY(start->isEnabled());
    start->click();
    QVERIFY(finish());
    QVERIFY2(m_study->findings(), qPrintable(m_page->note()));
    ConfusionPane& pane = *m_page->confusions();
    pane.view()->chooseNextConfusion();
    const auto lists = pane.findChildren<QListView*>();
    const auto list = std::ranges::find(lists, QString("Pictures of the chosen cell"), &QWidget::accessibleName);
    QVERIFY(list != lists.end());
    (*list)->setCurrentIndex(pane.pictures()->index(0));
    const auto* maps = pane.findChild<PairMaps*>();
    const auto shown = [maps] {
        const MapMatrix* matrix = &maps->view()->matrix();
        return !matrix->rows.empty() && !matrix->rows[0].cells.empty() ? matrix->rows[0].cells[0].explanation : nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(shown(), patience);
    QCOMPARE(shown()->picture.size(), QSize(40, 30));
    QVERIFY(!shown()->edits.isEmpty()); // and it says so
    buttonWithText(pane, "Compare the two")->click();
    QTRY_VERIFY2(m_fixture->message().contains("crops"), qPrintable(m_fixture->message()));
}

void TestEvaluationPage::keepsTrustWithTheModel()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(evaluate(data("trust", 9)));
    QVERIFY(m_study->findings()->report.trust.calibration && m_study->findings()->report.trust.novelty);
    QPushButton* keep = buttonWithText(*m_page, "Keep with the model");
    QVERIFY(keep->isEnabled());
    keep->click();
    QVERIFY(QFile::exists(m_fixture->checkpoint() + ".ocellus-model.json"));
    const KeptTrust now = trustOfModel(m_fixture->document().model()->training);
    QVERIFY(now.score.has_value());
    // It is the same once the file is read.
    Engine engine(askingOptions({}));
    const KeptTrust read = trustOfModel(engine.open(toPath(m_fixture->checkpoint())).training);
    QCOMPARE(read.threshold, now.threshold);
    QCOMPARE(read.temperature, now.temperature);
    QCOMPARE(read.temperature, m_study->findings()->report.trust.calibration->temperature);
    QVERIFY(m_page->staleText().isEmpty());
}

void TestEvaluationPage::marksPicturesByTheKeptThreshold()
{
    // A highest logit below a thousand is unusual: every one.
    m_fixture->write("small.safetensors.ocellus-model.json",
                     R"({"novelty_score": "max_logit", "novelty_threshold": "-1000", "calibration_temperature": "2"})");
    QVERIFY(m_fixture->openAll());
    QVERIFY(m_fixture->finishPredictions());
    const QModelIndex first = m_fixture->document().pictures().index(0);
    QCOMPARE(first.data(PictureListModel::DoubtfulRole).toString(), QString("unlike the training pictures"));
    const QString told = unusualnessText(m_fixture->answer().result(), *m_fixture->document().model(), {});
    QVERIFY2(told.startsWith("Unlike anything") && told.contains("below 1000"), qPrintable(told));
    QVERIFY2(told.contains("temperature 2.00"), qPrintable(told));
    // Kept otherwise, they are marked otherwise at once.
    KeptTrust trust;
    trust.score = NoveltyScore::MaxLogit;
    trust.threshold = 1000;
    m_fixture->document().takeModel(withTrust(*m_fixture->document().model(), trust));
    QTRY_COMPARE(first.data(PictureListModel::DoubtfulRole).toString(), QString());
}

void TestEvaluationPage::comparesTwoModels()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(evaluate(data("models", 2)));
    // One of other classes cannot say anything of these.
    m_study->compareWith(toPath(m_fixture->otherCheckpoint()));
    QVERIFY(finish());
    QVERIFY(!m_study->comparison());
    QVERIFY2(m_page->note().contains("expected 7"), qPrintable(m_page->note()));
    // The same weights in another file.
    QVERIFY(QFile::copy(m_fixture->checkpoint(), m_fixture->path("copy.safetensors")));
    m_study->compareWith(toPath(m_fixture->path("copy.safetensors")));
    QVERIFY(finish());
    QVERIFY(m_study->comparison());
    QCOMPARE(m_study->comparison()->outcomes.n(), 10);
    QCOMPARE(m_study->comparison()->changed(), 0);
    QVERIFY2(m_page->comparison()->text().contains("copy.safetensors"), qPrintable(m_page->comparison()->text()));
}

void TestEvaluationPage::writesWhatTheCommandLineWrites()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(evaluate(data("written", 2)));
    QSignalSpy done(m_page, &EvaluationPage::done);
    QDir(m_fixture->path("results")).mkpath(".");
    m_fixture->answers = {m_fixture->path("results")};
    buttonWithText(*m_page, "Export…")->click();
    QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, patience);
    const QDir written(m_fixture->path("results/evaluation of small"));
    for (const char* name :
         {"evaluation.json", "classes.csv", "confusion.csv", "confusion.png", "confused_pairs.csv", "pictures.csv"})
        QVERIFY2(written.exists(name), name);
}

QTEST_MAIN(TestEvaluationPage)
#include "test_evaluation_page.moc"
