// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

#include "core/dataset/dataset_file.h"
#include "core/evaluation/picture_naming.h"
#include "tests/support/button_with_text.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/models/menu_subject.h"
#include "ui/prediction/prediction_page.h"
#include "ui/prediction/prediction_study.h"
#include "ui/prediction/prediction_table_model.h"
#include "ui/prediction/prediction_table_view.h"
#include "ui/prediction/sorting_dialog.h"
#include "ui/prediction/species_delegate.h"
#include "ui/window/central_view.h"

using namespace ocellus;

namespace fs = std::filesystem;

namespace {

constexpr int patience = 120'000;

} // namespace

/// The predictions' page in the real window.
class TestPredictionPage : public QObject {
    Q_OBJECT

private slots:
    void init();
    void tellsWhatCannotBeNamed_data();
    void tellsWhatCannotBeNamed();
    void namesEveryPicture();
    void cancelKeepsWhatIsNamed();
    void isCorrectedByKeys();
    void anEditorThatIsLeftSaysNothing();
    void mapsOfAnotherModelsClassesAreNotShown();
    void writesDarwinCore();
    void unreadPicturesAreInTheTable();
    void halfANameIsOneSpeciesOrNone();
    void correctionsOutliveTheWindow();
    void asksBeforeCorrectionsAreLost();
    void correctedPicturesBecomeADataSet();
    void sortsOnlyAfterItWasShown();

private:
    void take(WindowFixture& fixture);
    bool name();
    QString text(int row, int column) const { return m_page->rows()->index(row, column).data().toString(); }

    std::unique_ptr<WindowFixture> m_fixture;
    PredictionPage* m_page = nullptr;
};

void TestPredictionPage::take(WindowFixture& fixture)
{
    m_page = fixture.window().findChild<PredictionPage*>();
    fixture.window().centre().showPage(m_page);
}

void TestPredictionPage::init()
{
    if (!m_fixture)
        m_fixture = std::make_unique<WindowFixture>();
    else
        m_fixture->restart();
    QDir(m_fixture->settings().recoveryFolder()).removeRecursively();
    m_fixture->makeWindow();
    take(*m_fixture);
}

/// All of the fixture's pictures.
bool TestPredictionPage::name()
{
    m_page->study()->setFolder(toPath(m_fixture->path("pictures")));
    QPushButton* start = buttonWithText(*m_page, "Name them");
    if (!start->isEnabled())
        return false;
    start->click();
    return QTest::qWaitFor([this] { return !m_page->study()->isRunning(); }, patience);
}

void TestPredictionPage::tellsWhatCannotBeNamed_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no such folder") << "nowhere"
                                    << "nowhere";
    QTest::newRow("no picture") << "empty"
                                << "found none";
}

void TestPredictionPage::tellsWhatCannotBeNamed()
{
    QFETCH(const QString, folder);
    QFETCH(const QString, expected);
    QVERIFY(!buttonWithText(*m_page, "Name them")->isEnabled());
    QVERIFY(m_fixture->openAll());
    QVERIFY(!buttonWithText(*m_page, "Name them")->isEnabled());
    QDir(m_fixture->path("empty")).mkpath(".");
    m_page->study()->setFolder(toPath(m_fixture->path(folder)));
    buttonWithText(*m_page, "Name them")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->study()->isRunning(), patience);
    QVERIFY2(m_page->noteText().contains(expected), qPrintable(m_page->noteText()));
    QCOMPARE(m_page->rows()->rowCount(), 0);
}

void TestPredictionPage::namesEveryPicture()
{
    QVERIFY(m_fixture->openAll());
    const QString damaged = m_fixture->write("pictures/zebra.png", "no picture");
    const bool isNamed = name();
    QVERIFY(QFile::remove(damaged));
    QVERIFY(isNamed);
    QCOMPARE(m_page->rows()->rowCount(), WindowFixture::Pictures + 1);
    Engine engine(askingOptions({}));
    engine.open(toPath(m_fixture->checkpoint()));
    for (int row = 0; row < WindowFixture::Pictures; ++row) {
        const PredictedPicture& picture = m_page->rows()->sheet().pictures[static_cast<std::size_t>(row)];
        const ImageFile file{
            toPath(m_fixture->picture(row)), fs::path(m_fixture->picture(row).toStdString()).filename(), {}};
        const NamedPrediction own = namePicture(engine, file, {m_fixture->document().request().preprocess, {}}, {}, {});
        QVERIFY(picture.path == file.path);
        QCOMPARE(picture.prediction.classIndex, own.classIndex);
        QCOMPARE(picture.prediction.probability, own.probability); // every bit
        QVERIFY(!picture.isChecked());
    }
    QVERIFY(!m_page->rows()->sheet().pictures.back().isNamed());
    QVERIFY2(m_page->summaryText().contains("1 not read"), qPrintable(m_page->summaryText()));
}

void TestPredictionPage::cancelKeepsWhatIsNamed()
{
    QVERIFY(m_fixture->openAll());
    connect(m_page->rows(), &QAbstractItemModel::rowsInserted, m_page->study(), &PredictionStudy::cancel);
    QVERIFY(name());
    QCOMPARE(m_page->rows()->rowCount(), 1);
    QVERIFY2(m_page->summaryText().contains("stopped, of 4"), qPrintable(m_page->summaryText()));
    QVERIFY(buttonWithText(*m_page, "Export table…")->isEnabled());
}

void TestPredictionPage::isCorrectedByKeys()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(name());
    PredictionTableView& table = *m_page->table();
    m_fixture->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_fixture->window()));
    table.setFocus();
    table.setCurrentIndex(table.model()->index(0, 0));
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(text(0, PredictionTableModel::Checked), QString("confirmed"));
    QCOMPARE(table.currentIndex().row(), 1); // and on to the next
    // Typing begins a correction; a species that the model has not is one too.
    QTest::keyClick(&table, 'Q');
    auto* editor = table.findChild<QLineEdit*>();
    QVERIFY2(editor, qPrintable(text(1, PredictionTableModel::Species)));
    QCOMPARE(editor->text(), QString("Q"));
    editor->setText(QStringLiteral("Quelea quelea"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(text(1, PredictionTableModel::Species), QString("Quelea quelea"));
    QVERIFY(text(1, PredictionTableModel::Checked).startsWith("corrected from"));
    QVERIFY(m_page->study()->isUnsaved());
    table.setCurrentIndex(table.model()->index(0, 0));
    QTest::keyClick(&table, Qt::Key_Delete);
    QCOMPARE(text(0, PredictionTableModel::Checked), QString());
    QTest::keyClick(&table, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(text(0, PredictionTableModel::Checked), QString("confirmed"));
    QTest::keyClick(&table, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(text(1, PredictionTableModel::Checked), QString());
}

void TestPredictionPage::anEditorThatIsLeftSaysNothing()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(name());
    PredictionTableView& table = *m_page->table();
    const QModelIndex species = table.model()->index(0, PredictionTableModel::Species);
    table.setCurrentIndex(species);
    table.edit(species);
    auto* editor = table.findChild<QLineEdit*>();
    QVERIFY(editor);
    QCOMPARE(editor->text(), text(0, PredictionTableModel::Species));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY(!table.findChild<QLineEdit*>());
    QCOMPARE(text(0, PredictionTableModel::Checked), QString());
    QVERIFY(!m_page->study()->isUnsaved());
}

void TestPredictionPage::mapsOfAnotherModelsClassesAreNotShown()
{
    QVERIFY(m_fixture->openAll());
    const QString damaged = m_fixture->write("pictures/zebra.png", "no picture");
    const bool isNamed = name();
    QVERIFY(QFile::remove(damaged));
    QVERIFY(isNamed);
    QList<int> shown;
    QObject context;
    connect(m_page, &PredictionPage::mapsRequested, &context,
            [&shown](const fs::path&, int classIndex) { shown += classIndex; });
    PredictionTableView& table = *m_page->table();
    const QAbstractItemModel& rows = *table.model();
    const auto askFor = [&](int row) {
        table.setCurrentIndex(rows.index(row, 0));
        emit table.mapsRequested();
    };
    const int classIndex = m_page->rows()->sheet().pictures[0].prediction.classIndex;
    askFor(WindowFixture::Pictures); // the damaged one
    QVERIFY(shown.isEmpty());
    askFor(0);
    QCOMPARE(shown, QList<int>{classIndex});
    QCOMPARE(rows.index(0, 0).data(ClassSubject).toInt(), classIndex);
    m_fixture->document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->staleText().isEmpty(), patience);
    askFor(0);
    QCOMPARE(shown, (QList<int>{classIndex, -1}));
    QCOMPARE(rows.index(0, 0).data(ClassSubject).toInt(), -1);
}

void TestPredictionPage::writesDarwinCore()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(name());
    m_page->rows()->correct(0, "Quelea quelea");
    m_fixture->answers = {m_fixture->path("table.csv")};
    QSignalSpy done(m_page, &PredictionPage::done);
    buttonWithText(*m_page, "Export table…")->click();
    QTRY_VERIFY_WITH_TIMEOUT(done.count() > 0, patience);
    QFile file(m_fixture->path("table.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QVERIFY(lines[0].startsWith("associatedMedia,scientificName,"));
    QVERIFY2(lines[1].contains("Quelea quelea") && lines[1].contains(",verified,"), lines[1].constData());
    QVERIFY2(lines[2].contains(",unverified,"), lines[2].constData());
    QTRY_VERIFY(!m_page->study()->isUnsaved());
    // Named once more, the picture keeps what a file has of it.
    buttonWithText(*m_page, "Name them")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->study()->isRunning(), patience);
    QCOMPARE(text(0, PredictionTableModel::Species), QString("Quelea quelea"));
    QVERIFY(!m_page->study()->isUnsaved());
}

void TestPredictionPage::unreadPicturesAreInTheTable()
{
    QVERIFY(m_fixture->openAll());
    const QString damaged = m_fixture->write("pictures/zebra.png", "no picture");
    const bool isNamed = name();
    QVERIFY(QFile::remove(damaged));
    QVERIFY(isNamed);
    const std::string table = csvOf(m_page->rows()->sheet());
    QVERIFY2(table.find("zebra.png,,,,,,") != std::string::npos && table.find("not identified: ") != std::string::npos,
             table.c_str());
}

void TestPredictionPage::halfANameIsOneSpeciesOrNone()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(name());
    SpeciesDelegate delegate;
    delegate.setNames({"Eared Grebe", "Horned Grebe", "Bobolink"});
    const QModelIndex species = m_page->rows()->index(0, PredictionTableModel::Species);
    const QString before = text(0, PredictionTableModel::Species);
    QLineEdit editor;
    const auto type = [&](const char* typed) {
        editor.setText(typed);
        delegate.setModelData(&editor, m_page->rows(), species);
        return text(0, PredictionTableModel::Species);
    };
    QCOMPARE(type("grebe"), before); // which of the two
    QCOMPARE(type(" "), before);
    QCOMPARE(type("eared gr"), QString("Eared Grebe"));
    QCOMPARE(type("BOBOLINK"), QString("Bobolink"));
    QCOMPARE(type("Quelea"), QString("Quelea")); // another species
}

void TestPredictionPage::correctionsOutliveTheWindow()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(name());
    m_page->rows()->correct(2, "Quelea quelea");
    m_fixture->makeWindow(); // at once: what waits is written
    take(*m_fixture);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->rows()->rowCount(), int(WindowFixture::Pictures), patience);
    QCOMPARE(text(2, PredictionTableModel::Species), QString("Quelea quelea"));
    QVERIFY(m_page->study()->isUnsaved());
    QVERIFY(m_page->summaryText().contains("not saved"));
    // Once a file has them they come back no more.
    m_fixture->answers = {m_fixture->path("back.csv")};
    buttonWithText(*m_page, "Export table…")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->study()->isUnsaved(), patience);
    m_fixture->makeWindow();
    take(*m_fixture);
    QVERIFY(m_fixture->openAll());
    QCOMPARE(m_page->rows()->rowCount(), 0);
}

void TestPredictionPage::asksBeforeCorrectionsAreLost()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(name());
    m_page->rows()->confirm(1);
    buttonWithText(*m_page, "Name them")->click();
    QVERIFY(!m_page->study()->isRunning());
    QVERIFY(m_page->isAskingBeforeStart());
    buttonWithText(*m_page, "Keep them")->click();
    QVERIFY(!m_page->isAskingBeforeStart());
    QCOMPARE(text(1, PredictionTableModel::Checked), QString("confirmed"));
    buttonWithText(*m_page, "Name them")->click();
    buttonWithText(*m_page, "Start all the same")->click();
    QVERIFY(m_page->study()->isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->study()->isRunning(), patience);
    QCOMPARE(text(1, PredictionTableModel::Checked), QString());
    QVERIFY(!m_page->study()->isUnsaved());
}

void TestPredictionPage::correctedPicturesBecomeADataSet()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(name());
    QVERIFY(!buttonWithText(*m_page, "Save as data set…")->isEnabled()); // nothing was checked
    m_page->rows()->confirm(0);
    m_page->rows()->correct(3, "Quelea quelea");
    m_fixture->answers = {m_fixture->path("corrected.ocellus-dataset")};
    QSignalSpy done(m_page, &PredictionPage::done);
    buttonWithText(*m_page, "Save as data set…")->click();
    QTRY_VERIFY_WITH_TIMEOUT(done.count() > 0, patience);
    const Dataset read = readDatasetFile(toPath(m_fixture->path("corrected.ocellus-dataset")));
    QCOMPARE(read.pictures.size(), std::size_t{2});
    QVERIFY(read.pictures[0].path == toPath(m_fixture->picture(0)));
    QCOMPARE(read.pictures[1].className, std::string("Quelea quelea"));
}

void TestPredictionPage::sortsOnlyAfterItWasShown()
{
    QVERIFY(m_fixture->openAll());
    QVERIFY(name());
    m_page->rows()->correct(1, "Quelea quelea");
    const QString root = m_fixture->path("sorted");
    QDir(root).mkpath(".");
    m_fixture->answers = {root};
    buttonWithText(*m_page, "Sort into folders…")->click();
    SortingDialog* dialog = nullptr;
    QTRY_VERIFY((dialog = m_page->findChild<SortingDialog*>()));
    QVERIFY(dialog->findChild<QTreeWidget*>()->topLevelItemCount() >= 1);
    QVERIFY(QDir(root).isEmpty()); // nothing has been written
    QSignalSpy done(m_page, &PredictionPage::done);
    buttonWithText(*dialog, "Sort")->click();
    QTRY_VERIFY_WITH_TIMEOUT(done.count() > 0, patience);
    QVERIFY(QFileInfo(root + "/Quelea quelea/picture1.png").isSymLink());
}

QTEST_MAIN(TestPredictionPage)
#include "test_prediction_page.moc"
