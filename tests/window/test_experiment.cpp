// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

#include "core/experiment/edit_recipe.h"
#include "tests/support/button_with_text.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/experiment/experiment_form.h"
#include "ui/experiment/experiment_page.h"
#include "ui/experiment/experiment_preview.h"
#include "ui/experiment/experiment_results.h"
#include "ui/experiment/experiment_study.h"
#include "ui/experiment/experiment_table_model.h"
#include "ui/experiment/preview_strip.h"
#include "ui/experiment/region_form.h"
#include "ui/figures/plate_caption.h"
#include "ui/window/central_view.h"

using namespace ocellus;

namespace {

constexpr int patience = 60'000;

} // namespace

/// Experiments in the real window.
class TestExperiment : public QObject {
    Q_OBJECT

private slots:
    void init();
    void badRecipesAreTold_data();
    void badRecipesAreTold();
    void needsAModel();
    void unfitPicturesAreSkipped();
    void masksAmongThePicturesAreNone();
    void runsOverAllPictures();
    void rowsShowTheirPicture();
    void cancelKeepsWhatIsDone();
    void anotherModelStopsIt();
    void writesFiles();
    void previewNeedsAModel();
    void triesTheEditBeforeTheStart();
    void previewGivesWayToTheExperiment();
    void previewIsOfTheModelThatIsOpen();

private:
    bool run();
    void chooseRegion(RegionForm::Kind kind) const;
    QLineEdit* line(const QString& placeholder) const;
    const std::vector<ExperimentFinding>& findings() const { return m_page->results()->rows()->findings(); }
    QByteArray written(const QString& entry, const QString& name);

    std::unique_ptr<WindowFixture> m_fixture;
    ExperimentPage* m_page = nullptr;
    ExperimentStudy* m_study = nullptr;
};

void TestExperiment::init()
{
    if (m_fixture)
        m_fixture->restart();
    else
        m_fixture = std::make_unique<WindowFixture>();
    m_page = m_fixture->window().findChild<ExperimentPage*>();
    m_study = m_fixture->window().findChild<ExperimentStudy*>();
    m_fixture->window().centre().showPage(m_page);
}

bool TestExperiment::run()
{
    // Pictures that were opened a moment ago are asked about first.
    QPushButton* start = buttonWithText(*m_page, "Start");
    if (!QTest::qWaitFor([start] { return start->isEnabled(); }, patience))
        return false;
    start->click();
    return m_study->isRunning() && QTest::qWaitFor([this] { return !m_study->isRunning(); }, patience);
}

void TestExperiment::chooseRegion(RegionForm::Kind kind) const
{
    m_page->form()->region()->findChild<QComboBox*>()->setCurrentIndex(kind);
}

QLineEdit* TestExperiment::line(const QString& placeholder) const
{
    for (auto* edit : m_page->findChildren<QLineEdit*>())
        if (edit->placeholderText() == placeholder)
            return edit;
    return nullptr;
}

void TestExperiment::badRecipesAreTold_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("parts");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no file") << QByteArray() << "beak"
                             << "parts.csv";
    QTest::newRow("no table") << QByteArray("animal\n") << "beak"
                              << "parts.csv";
    QTest::newRow("unknown part") << QByteArray("file,part,x,y\npicture0.png,beak,30,20\n") << "horn"
                                  << "(beak)";
    QTest::newRow("a part twice") << QByteArray("file,part,x,y\npicture0.png,beak,30,20\n") << "beak,beak"
                                  << "twice";
}

void TestExperiment::badRecipesAreTold()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, parts);
    QFETCH(QString, expected);
    QVERIFY(m_fixture->openAll());
    QFile::remove(m_fixture->path("parts.csv"));
    chooseRegion(RegionForm::Parts);
    line("parts.csv")->setText(csv.isEmpty() ? m_fixture->path("parts.csv") : m_fixture->write("parts.csv", csv));
    line("beak, crown")->setText(parts);
    QVERIFY(run());
    QVERIFY2(m_page->note().contains(expected), qPrintable(m_page->note()));
    QVERIFY(findings().empty());
    QVERIFY(buttonWithText(*m_page, "Start")->isEnabled());
}

void TestExperiment::needsAModel()
{
    QVERIFY(!buttonWithText(*m_page, "Start")->isEnabled());
    QVERIFY(!m_study->matrix());
    QVERIFY(m_fixture->openAll());
    QVERIFY(buttonWithText(*m_page, "Start")->isEnabled());
    // The pictures lie in no folder of a class.
    m_page->form()->findChildren<QComboBox*>(QString(), Qt::FindDirectChildrenOnly).at(1)->setCurrentIndex(1);
    buttonWithText(*m_page, "Start")->click();
    QVERIFY(!m_study->isRunning());
    QVERIFY2(m_page->note().contains("None of the open pictures"), qPrintable(m_page->note()));
}

void TestExperiment::unfitPicturesAreSkipped()
{
    QVERIFY(m_fixture->openAll());
    PictureEditor& editor = m_fixture->document().editor();
    QTRY_VERIFY(editor.isReady());
    const PixelBox box{10, 10, 20, 20};
    const Mask mask(editor.originalSize(), box, std::vector<std::uint8_t>(box.area(), 255));
    editor.perform({"Keep", {InsertMask{0, {"wing", mask}}}});
    chooseRegion(RegionForm::KeptMask);
    QVERIFY(run());
    QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
    // All of them differ in size.
    for (std::size_t i = 0; i < findings().size(); ++i)
        QCOMPARE(findings()[i].row.isDone(), i == 0);
    const std::optional<MapMatrix> pairs = m_study->matrix();
    QVERIFY(pairs && pairs->rows.size() == 1 && pairs->rows.front().cells.size() == 2);
    const QString caption = captionOf(plateOf(*pairs, {}));
    for (const char* said : {"picture0.png", "Before", "After", "logit of", "dited", "small.safetensors", "wing"})
        QVERIFY2(caption.contains(said), qPrintable(caption));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->results()->text().contains("another size"), patience);
}

void TestExperiment::masksAmongThePicturesAreNone()
{
    QVERIFY(m_fixture->openAll());
    const QImage picture(m_fixture->picture(0));
    QImage labels(picture.size(), QImage::Format_Grayscale8);
    labels.fill(0);
    for (int y = 4; y < 20; ++y)
        std::fill_n(labels.scanLine(y) + 4, 16, uchar{1});
    // A colour picture named as a mask is none; labels of 0 and 1 are.
    const QString mask = m_fixture->path("pictures/picture0.mask.png");
    const QString coloured = m_fixture->path("pictures/picture1.mask.png");
    QVERIFY(labels.save(mask) && QImage(m_fixture->picture(1)).save(coloured));
    m_fixture->window().pictures().open({toPath(mask), toPath(coloured)});
    QTRY_COMPARE(m_fixture->document().pictures().rowCount(), WindowFixture::Pictures + 2);
    chooseRegion(RegionForm::MaskFiles);
    const bool isRun = run();
    QVERIFY(QFile::remove(mask) && QFile::remove(coloured));
    QVERIFY2(isRun, qPrintable(m_page->note()));
    QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
    const ExperimentRow& edited = findings()[0].row;
    QVERIFY2(edited.isDone(), edited.error.c_str());
    QVERIFY(std::abs(edited.selectedShare * picture.width() * picture.height() - 256) < 1e-6);
    QVERIFY2(findings()[1].row.error.find("got a picture with colours") != std::string::npos,
             findings()[1].row.error.c_str());
    QCOMPARE(findings()[2].row.skipped, std::string("it has no mask"));
}

void TestExperiment::runsOverAllPictures()
{
    QVERIFY(m_fixture->openAll());
    m_page->form()->findChild<QSpinBox*>(QString(), Qt::FindDirectChildrenOnly)->setValue(2);
    m_page->form()->findChildren<QComboBox*>(QString(), Qt::FindDirectChildrenOnly).at(2)->setCurrentIndex(1);
    QVERIFY(run());
    QVERIFY2(m_page->note().isEmpty(), qPrintable(m_page->note()));
    QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
    for (int i = 0; i < WindowFixture::Pictures; ++i) {
        const ExperimentFinding& finding = findings()[static_cast<std::size_t>(i)];
        QVERIFY(finding.path == toPath(m_fixture->picture(i)));
        QVERIFY2(finding.row.isDone(), finding.row.error.c_str());
        QVERIFY(!finding.before.isEmpty() && !finding.after.isEmpty());
        QVERIFY(finding.row.selectedShare > 0);
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_page->results()->text().contains("of 4 "), patience);
    QVERIFY(m_page->results()->text().contains("Controls"));
    // The window shows what it showed.
    QVERIFY(m_fixture->document().editor().state().edits.empty());
}

void TestExperiment::rowsShowTheirPicture()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(run());
    auto* table = m_page->results()->findChild<QTableView*>();
    QPushButton* apply = buttonWithText(*m_page, "Apply this edit to it");
    table->selectRow(2);
    QCOMPARE(m_fixture->document().currentPicture(), 2);
    QVERIFY(m_fixture->settle());
    QTRY_VERIFY(apply->isEnabled());
    apply->click();
    const EditList& edits = m_fixture->document().editor().state().edits;
    QCOMPARE(edits.size(), std::size_t{1});
    QVERIFY(std::holds_alternative<MeanFill>(edits[0].operation));
    QVERIFY(!edits[0].mask.empty());
    // A picture that was closed has no edit.
    m_fixture->document().removePicture(2);
    QVERIFY(!apply->isEnabled());
    // Sorted otherwise, a row still is its own picture's.
    table->sortByColumn(ExperimentTableModel::Picture, Qt::DescendingOrder);
    table->selectRow(0);
    QVERIFY(m_page->results()->chosen()->path == toPath(m_fixture->picture(3)));
}

void TestExperiment::cancelKeepsWhatIsDone()
{
    QVERIFY(m_fixture->openAll());
    connect(m_page->results()->rows(), &QAbstractItemModel::rowsInserted, m_study, &ExperimentStudy::cancel);
    QVERIFY(run());
    QCOMPARE(findings().size(), std::size_t{1});
    QVERIFY2(m_page->note().contains("1 of 4"), qPrintable(m_page->note()));
    QVERIFY(buttonWithText(*m_page, "Start")->isEnabled());
    QVERIFY(m_page->findChild<QToolButton*>("experimentExport")->isEnabled());
}

void TestExperiment::anotherModelStopsIt()
{
    QVERIFY(m_fixture->openAll());
    connect(m_page->results()->rows(), &QAbstractItemModel::rowsInserted, &m_fixture->window(),
            [this] { m_fixture->window().open({toPath(m_fixture->otherCheckpoint())}); });
    QVERIFY(run());
    QVERIFY(m_fixture->settle());
    QTRY_COMPARE(m_fixture->document().classCount(), int(WindowFixture::OtherClasses));
    QVERIFY(findings().empty());
    QVERIFY2(m_page->note().contains("another model"), qPrintable(m_page->note()));
    QVERIFY(!m_page->findChild<QToolButton*>("experimentExport")->isEnabled());
}

void TestExperiment::previewNeedsAModel()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_page->preview()->note().contains("Open a model"), patience);
    QVERIFY(m_page->preview()->pairs().empty());
}

void TestExperiment::triesTheEditBeforeTheStart()
{
    QVERIFY(m_fixture->openAll());
    PreviewStrip* preview = m_page->preview();
    QTRY_COMPARE_WITH_TIMEOUT(preview->pairs().size(), std::size_t{3}, patience);
    const QImage mean = preview->pairs()[0].after;
    QVERIFY(!mean.isNull() && mean != preview->pairs()[0].before);
    QVERIFY2(preview->pairs()[0].answer.contains("→"), qPrintable(preview->pairs()[0].answer));
    QVERIFY(findings().empty());
    QTRY_VERIFY(m_page->estimate().contains("4 "));
    // Another choice is tried in its turn, and until then the pictures say that they are of the old one.
    bool wasStale = false;
    connect(m_study->findChild<ExperimentPreview*>(), &ExperimentPreview::changed, preview,
            [preview, &wasStale] { wasStale = wasStale || preview->isStale(); });
    auto* operation = m_page->form()->findChild<QComboBox*>(QString(), Qt::FindDirectChildrenOnly);
    operation->setCurrentIndex(operation->findText("Blur"));
    QTRY_VERIFY_WITH_TIMEOUT(preview->pairs().size() == 3 && preview->pairs()[0].after != mean, patience);
    QVERIFY(wasStale && !preview->isStale());
    disconnect(m_study->findChild<ExperimentPreview*>(), nullptr, preview, nullptr);
    // The picture that is looked at comes first.
    const int last = m_fixture->document().pictures().rowCount() - 1;
    m_fixture->document().setCurrentPicture(last);
    const QString shown = toQString(m_fixture->document().pictures().path(last).filename());
    QTRY_VERIFY_WITH_TIMEOUT(preview->pairs().size() == 3 && preview->pairs()[0].name.endsWith(shown), patience);
}

void TestExperiment::previewGivesWayToTheExperiment()
{
    QVERIFY(m_fixture->openAll());
    // On a fast machine it has some of its pictures by the time that one looks.
    const auto* preview = m_study->findChild<ExperimentPreview*>();
    QTRY_VERIFY_WITH_TIMEOUT(preview->isRunning() || !m_page->preview()->pairs().empty(), patience);
    QVERIFY(run());
    QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
    QTRY_COMPARE_WITH_TIMEOUT(m_page->preview()->pairs().size(), std::size_t{3}, patience);
}

void TestExperiment::previewIsOfTheModelThatIsOpen()
{
    QVERIFY(m_fixture->openAll());
    QTRY_COMPARE_WITH_TIMEOUT(m_page->preview()->pairs().size(), std::size_t{3}, patience);
    const QString before = m_page->preview()->pairs()[0].answer;
    m_fixture->window().open({toPath(m_fixture->otherCheckpoint())});
    QTRY_COMPARE(m_fixture->document().classCount(), int(WindowFixture::OtherClasses));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->preview()->pairs().size() == 3 && !m_page->preview()->isStale() &&
                                 m_page->preview()->pairs()[0].answer != before,
                             patience);
}

QByteArray TestExperiment::written(const QString& entry, const QString& name)
{
    m_fixture->answers = {m_fixture->path(name)};
    QFile::remove(m_fixture->path(name));
    for (QAction* action : m_page->findChild<QToolButton*>("experimentExport")->menu()->actions())
        if (action->text().remove('&') == entry)
            action->trigger();
    if (!QTest::qWaitFor([&] { return QFile::exists(m_fixture->path(name)); }, patience))
        return {};
    QFile file(m_fixture->path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestExperiment::writesFiles()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(run());
    const QByteArray table = written("Table (CSV)…", "experiment.csv");
    QCOMPARE(table.count('\n'), WindowFixture::Pictures + 1);
    QVERIFY(table.startsWith("picture,status,") && table.contains("picture3.png,edited,"));
    QVERIFY(written("Summary…", "experiment.md").startsWith("# Edit experiment"));
    QVERIFY(written("Summary…", "experiment.json").contains("\"flip_rate\""));
    QVERIFY(!written("Recipe (JSON)…", "recipe.json").isEmpty());
    QVERIFY(std::holds_alternative<AttentionRegion>(readRecipe(toPath(m_fixture->path("recipe.json"))).region));
    QVERIFY(!written("Contact sheets (PNG)…", "sheet.png").isEmpty());
    QVERIFY(QImage(m_fixture->path("sheet.png")).width() > 1000);
    QTRY_VERIFY(m_page->note().contains("sheet.png"));
    // What cannot be written is told.
    m_fixture->answers = {m_fixture->path("nowhere/experiment.csv")};
    m_page->findChild<QToolButton*>("experimentExport")->menu()->actions().first()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->message().isEmpty(), patience);
}

QTEST_MAIN(TestExperiment)
#include "test_experiment.moc"
