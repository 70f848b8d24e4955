// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/formula_checkpoint.h"
#include "tests/window/window_fixture.h"
#include "ui/compare/class_chooser.h"
#include "ui/compare/methods_comparison.h"
#include "ui/engine/paths.h"
#include "ui/figures/source_view.h"
#include "ui/widgets/map_tile.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

using namespace ocellus;

namespace {

constexpr int PatienceMs = 120'000;

/// Column by the beginning of its title; -1 where there is none.
int columnOf(const MapMatrix& matrix, const QString& title)
{
    for (int column = 0; column < matrix.columns.size(); ++column)
        if (matrix.columns[column].startsWith(title))
            return column;
    return -1;
}

const MatrixCell& cell(const MapMatrix& matrix, std::size_t row, const QString& title)
{
    return matrix.rows.at(row).cells.at(static_cast<std::size_t>(columnOf(matrix, title)));
}

} // namespace

/// The page that sets sources of maps beside each other, over a small model.
class TestMethods : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        ModelConfig judge;
        judge.backbone = BackboneKind::ResNet18;
        judge.head = HeadKind::Linear;
        judge.queries = WindowFixture::Classes;
        writeFormulaCheckpoint(toPath(m_fixture->path("judge.safetensors")), judge);
        judge.queries = WindowFixture::Classes - 1;
        writeFormulaCheckpoint(toPath(m_fixture->path("fewer.safetensors")), judge);
    }

    void init()
    {
        m_fixture->restart();
        m_page = std::make_unique<MethodsComparison>(m_fixture->document(), m_fixture->answer());
    }

    void cleanup() { m_page.reset(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void withoutAPictureItSaysWhatToDo()
    {
        m_page->show();
        QTRY_VERIFY(!m_page->view()->invitation().isEmpty());
        QVERIFY(!m_page->matrix());
        QVERIFY(!button("secondModel")->isEnabled());
    }

    void aSecondModelThatIsNoneIsRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("no such file") << "/nowhere/judge.pth";
        QTest::newRow("a picture") << m_fixture->picture(0);
    }

    void aSecondModelThatIsNoneIsRefused()
    {
        QFETCH(const QString, file);
        open();
        QSignalSpy failed(m_page.get(), &MethodsComparison::failed);
        m_page->openSecond(toPath(file));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, PatienceMs);
        QVERIFY(!failed.first().first().value<Failure>().detail.isEmpty());
        QVERIFY(hasMap("Grad-CAM")); // what was there stays
        QCOMPARE(columnOf(*m_page->matrix(), "Grad-CAM by"), -1);
    }

    void whatCostsLittleComesByItself()
    {
        open();
        for (const char* title : {"Best head", "Mean of heads", "Grad-CAM", "Grad-CAM++", "HiResCAM", "Finer-CAM",
                                  "Gradient times attention"})
            QVERIFY2(hasMap(title), title);
        const MapMatrix matrix = *m_page->matrix();
        QCOMPARE(matrix.rows.size(), std::size_t{2});
        QCOMPARE(cell(matrix, 0, "RISE").tile->words, QString("Not asked for yet"));
        QTRY_VERIFY(button("runSlow")->isVisible());
        QVERIFY2(button("runSlow")->text().contains("RISE, Occlusion"), qPrintable(button("runSlow")->text()));
        QVERIFY2(button("runSlow")->text().contains("at most about"), qPrintable(button("runSlow")->text()));
    }

    void everySourceHasItsOwnScale()
    {
        open();
        QVERIFY(hasMap("Finer-CAM"));
        const MapMatrix matrix = *m_page->matrix();
        for (const MatrixRow& row : matrix.rows)
            QCOMPARE(row.cells.size(), static_cast<std::size_t>(matrix.columns.size()));
        for (const char* title : {"Grad-CAM", "Finer-CAM", "Mean of heads"}) {
            const Range first = cell(matrix, 0, title).tile->range;
            QCOMPARE(first, cell(matrix, 1, title).tile->range);
            QVERIFY(cell(matrix, 0, title).explanation->style.colourMap == ColourMap::Diverging
                        ? first.low == -first.high
                        : first.low == 0);
        }
        QVERIFY(cell(matrix, 0, "Grad-CAM").tile->range != cell(matrix, 0, "Finer-CAM").tile->range);
    }

    /// Nine columns in one line would leave half the page empty.
    void itsTilesFillThePage_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("as on a small screen") << QSize(1000, 560);
        QTest::newRow("as on a usual one") << QSize(1330, 880);
        QTest::newRow("higher than wide") << QSize(700, 1100);
    }

    void itsTilesFillThePage()
    {
        QFETCH(const QSize, size);
        m_page->resize(size);
        open();
        QVERIFY(hasMap("Finer-CAM"));
        const MatrixGrid& grid = *m_page->view()->grid();
        const int rows = static_cast<int>(m_page->matrix()->rows.size());
        const int columns = static_cast<int>(m_page->matrix()->columns.size());
        const auto filled = [&grid, rows, columns] {
            double area = 0;
            for (int row = 0; row < rows; ++row)
                for (int column = 0; column < columns; ++column)
                    area += double(grid.tile({row, column})->width()) * grid.tile({row, column})->height();
            return area / (double(grid.width()) * grid.height());
        };
        QTRY_VERIFY2(filled() > 0.6, qPrintable(QString::number(filled())));
        for (int column = 0; column < columns; ++column)
            QVERIFY(!m_page->matrix()->rows[0].cells[static_cast<std::size_t>(column)].tile->title.isEmpty());
    }

    void slowOnesRunByAButtonAndStop()
    {
        open();
        QVERIFY(hasMap("Gradient times attention"));
        QTRY_VERIFY_WITH_TIMEOUT(button("runSlow")->isVisible(), PatienceMs);
        button("runSlow")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button("stop")->isVisible(), PatienceMs);
        button("stop")->click();
        QTRY_COMPARE_WITH_TIMEOUT(cell(*m_page->matrix(), 0, "RISE").tile->words, QString("Stopped"), PatienceMs);
        QTRY_VERIFY(button("runSlow")->isVisible());
    }

    void whatIsShownElsewhereWaits()
    {
        QVERIFY(m_fixture->openAll());
        DisplayChoice display = m_fixture->document().display();
        display.source = parseSource("rise:masks=100000:agreement=1");
        m_fixture->document().setDisplay(display);
        QVERIFY(m_fixture->answer().isSourceBusy());
        m_page->show();
        QVERIFY(!m_fixture->answer().isSourceBusy());
        QVERIFY(hasMap("Grad-CAM"));
        m_page->hide();
        QVERIFY(m_fixture->answer().isSourceBusy()); // for another hour
        m_fixture->answer().cancel();
    }

    void anotherClassIsAskedForAlone()
    {
        open();
        QVERIFY(hasMap("Gradient times attention"));
        const QList<int> classes = m_page->chooser()->classes();
        int third = 0;
        while (classes.contains(third))
            ++third;
        m_page->chooser()->setClasses(classes + QList{third});
        QTRY_COMPARE_WITH_TIMEOUT(m_page->matrix()->rows.size(), std::size_t{3}, PatienceMs);
        QVERIFY(hasMap("Gradient times attention"));
        // And back costs nothing.
        m_page->chooser()->setClasses(classes);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->matrix()->rows.size(), std::size_t{2}, PatienceMs);
        QVERIFY(!cell(*m_page->matrix(), 0, "Grad-CAM").tile->values.empty());
    }

    void aSecondModelHasColumnsWithItsName()
    {
        open();
        m_page->openSecond(toPath(m_fixture->path("judge.safetensors")));
        QVERIFY(hasMap("Grad-CAM by judge"));
        const MapMatrix matrix = *m_page->matrix();
        const Explanation& second = *cell(matrix, 0, "Grad-CAM by judge").explanation;
        const Explanation& own = *cell(matrix, 0, "Grad-CAM").explanation;
        QCOMPARE(second.modelName, QString("judge.safetensors"));
        QVERIFY(!second.modelHash.isEmpty() && second.modelHash != own.modelHash);
        QCOMPARE(columnOf(matrix, "Mean of heads by judge"), -1); // it has none
        QVERIFY(second.notices.contains("classes of the second model by their index"));
        button("secondModel")->click();
        QTRY_COMPARE_WITH_TIMEOUT(columnOf(*m_page->matrix(), "Grad-CAM by judge"), -1, PatienceMs);
    }

    void aSecondModelOfOtherClassesSaysSo()
    {
        open();
        m_page->openSecond(toPath(m_fixture->path("fewer.safetensors")));
        QTRY_VERIFY_WITH_TIMEOUT(m_page->matrix() && columnOf(*m_page->matrix(), "Grad-CAM by fewer") >= 0, PatienceMs);
        QCOMPARE(cell(*m_page->matrix(), 0, "Grad-CAM by fewer").tile->words,
                 QString("The second model has no such class"));
    }

    void whatChangesMeanwhileIsAskedAnew()
    {
        open();
        QVERIFY(hasMap("Gradient times attention"));
        QTRY_VERIFY_WITH_TIMEOUT(button("runSlow")->isVisible(), PatienceMs);
        button("runSlow")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button("stop")->isVisible(), PatienceMs);
        m_fixture->document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->matrix() && m_page->matrix()->title.contains("picture1"), PatienceMs);
        QVERIFY(hasMap("Gradient times attention"));
        QCOMPARE(cell(*m_page->matrix(), 0, "RISE").tile->words, QString("Not asked for yet"));
        m_fixture->window().open({toPath(m_fixture->otherCheckpoint())});
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding &&
                                     m_fixture->answer().result().decoding->extent().classes ==
                                         WindowFixture::OtherClasses,
                                 PatienceMs);
        QVERIFY(hasMap("Gradient times attention"));
    }

private:
    void open()
    {
        QVERIFY(m_fixture->openAll());
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->matrix(), PatienceMs);
    }

    QPushButton* button(const char* name) const { return m_page->findChild<QPushButton*>(QLatin1String(name)); }

    bool hasMap(const QString& title) const
    {
        return QTest::qWaitFor(
            [&] {
                const std::optional<MapMatrix> matrix = m_page->matrix();
                return matrix && columnOf(*matrix, title) >= 0 &&
                       std::ranges::all_of(matrix->rows, [&](const MatrixRow& row) {
                           const auto& of = row.cells.at(static_cast<std::size_t>(columnOf(*matrix, title)));
                           return of.explanation && !of.explanation->stale && of.tile && !of.tile->values.empty() &&
                                  !of.explanation->source->isPartial;
                       });
            },
            PatienceMs);
    }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<MethodsComparison> m_page;
};

QTEST_MAIN(TestMethods)
#include "test_methods.moc"
