// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/button_with_text.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/support/small_prototypes.h"
#include "tests/window/window_fixture.h"
#include "ui/compare/models_comparison.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/row_header.h"

using namespace ocellus;

namespace {

constexpr int patience = 60'000;

} // namespace

/// One picture as several models see it, over small models.
class TestModels : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        writeFormulaCheckpoint(toPath(m_fixture->path("twin.safetensors")), smallConfig(WindowFixture::Classes));
        writeFormulaCheckpoint(toPath(m_fixture->path("fewer.safetensors")), smallConfig(2));
        ModelConfig plain;
        plain.backbone = BackboneKind::ResNet18;
        plain.head = HeadKind::Linear;
        plain.queries = WindowFixture::Classes;
        writeFormulaCheckpoint(toPath(m_fixture->path("plain.safetensors")), plain);
    }
    void init()
    {
        m_fixture->restart();
        m_page = std::make_unique<ModelsComparison>(document(), m_fixture->answer());
        m_page->resize(1000, 700);
    }
    void cleanup() { m_page.reset(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void withoutAModelItSaysWhatToDo()
    {
        m_page->show();
        QTRY_VERIFY(!m_page->view()->invitation().isEmpty());
        QVERIFY(!m_page->matrix());
        QVERIFY(!buttonWithText(*m_page, "Add models…")->isEnabled());
    }

    void whatIsNoModelSaysSoInItsRow_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("says");
        QTest::newRow("no such file") << "/nowhere/judge.pth"
                                      << "nowhere";
        QTest::newRow("a picture") << m_fixture->picture(0) << "picture0.png";
    }

    void whatIsNoModelSaysSoInItsRow()
    {
        QFETCH(const QString, file);
        QFETCH(const QString, says);
        QVERIFY(open({file, m_fixture->path("twin.safetensors")}));
        QCOMPARE(matrix().rows.size(), std::size_t{3});
        const QString words = matrix().rows[1].details.join(' ');
        QVERIFY2(words.contains(says), qPrintable(words));
        QVERIFY(!matrix().rows[1].cells.front().tile);
        QVERIFY(hasMap(0) && hasMap(2)); // the others go on
        QVERIFY2(matrix().rows[1].whyNoMaps().contains(says), qPrintable(matrix().rows[1].whyNoMaps()));
        QVERIFY(matrix().rows[2].answer && matrix().rows[2].answer->probability > 0.0F);
    }

    void eachModelHasItsBestMaps()
    {
        QVERIFY(open({m_fixture->path("twin.safetensors"), m_fixture->path("plain.safetensors")}));
        QCOMPARE(matrix().columns.size(), 3);
        const MatrixRow own = matrix().rows[0];
        const auto ranking = m_fixture->answer().result().decoding->rankHeads(
            m_fixture->answer().explanationOfHeads().layer, document().currentClass());
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(own.cells[i].tile->head, ranking[i]);
        // Of the same weights, the same numbers.
        QCOMPARE(matrix().rows[1].cells[0].tile->values, own.cells[0].tile->values);
        QCOMPARE(matrix().rows[1].title, QString("twin.safetensors"));
        QCOMPARE(matrix().rows[1].cells[0].explanation->modelName, QString("twin.safetensors"));
        const MatrixRow plain = matrix().rows[2];
        QCOMPARE(plain.cells[0].tile->title, QString("Grad-CAM"));
        QVERIFY(!plain.cells[1].tile); // it has one map
        QVERIFY(plain.cells[0].tile->range != own.cells[0].tile->range);
        auto* count = comboBox("Maps of each model");
        count->setCurrentIndex(1);
        QTRY_COMPARE_WITH_TIMEOUT(matrix().columns.size(), WindowFixture::Heads, patience);
    }

    void aModelWithoutTheClassSaysSo()
    {
        document().setCurrentClass(4);
        QVERIFY(open({m_fixture->path("fewer.safetensors")}));
        QVERIFY2(matrix().rows[1].cells[0].caption.contains("no such class"),
                 qPrintable(matrix().rows[1].cells[0].caption));
    }

    void prototypesStandBesideHeads()
    {
        ModelConfig net = test::smallProtoPNet();
        net.queries = WindowFixture::Classes;
        net.prototypes->prototypes = 2 * WindowFixture::Classes;
        net.prototypes->classOf.clear();
        for (int prototype = 0; prototype < net.prototypes->prototypes; ++prototype)
            net.prototypes->classOf.push_back(prototype / 2);
        m_fixture->write("net.pth", QByteArray::fromStdString(test::wholeProtoPNet(net).file()));
        m_fixture->write("three.pth", QByteArray::fromStdString(test::wholeProtoPNet().file()));
        QVERIFY(open({m_fixture->path("net.pth"), m_fixture->path("three.pth")}));
        const MatrixRow own = matrix().rows[1];
        for (std::size_t i = 0; i < 2; ++i) {
            QVERIFY(own.cells[i].tile && own.cells[i].tile->part);
            QCOMPARE(own.cells[i].tile->part->prototype / 2, document().currentClass());
        }
        QVERIFY(own.cells[0].tile->part->contribution() >= own.cells[1].tile->part->contribution());
        // Nothing tells what the classes of the other are: they are not called by the open model's names.
        const QString details = matrix().rows[2].details.join(' ');
        QVERIFY2(details.contains("takes it for class "), qPrintable(details));
    }

    void filesOfOneNameAreToldApart()
    {
        QVERIFY(QDir().mkpath(m_fixture->path("other")));
        QFile::copy(m_fixture->path("twin.safetensors"), m_fixture->path("other/twin.safetensors"));
        QVERIFY(open({m_fixture->path("twin.safetensors"), m_fixture->path("other/twin.safetensors")}));
        QVERIFY(matrix().rows[1].title != matrix().rows[2].title);
        QCOMPARE(matrix().rows[2].title, QString("other/twin.safetensors"));
    }

    void anEditIsAnsweredByAll()
    {
        QVERIFY(open({m_fixture->path("twin.safetensors"), m_fixture->path("plain.safetensors")}));
        const MapMatrix before = matrix();
        document().editor().addEdit({"darker", {}, Brightness{-0.4}});
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && !matrix().rows[2].cells[0].explanation->edits.isEmpty(), patience);
        for (std::size_t row = 0; row < 3; ++row) {
            QVERIFY(!matrix().rows[row].cells[0].explanation->edits.isEmpty());
            QVERIFY(matrix().rows[row].cells[0].tile->values != before.rows[row].cells[0].tile->values);
        }
        document().editor().undo();
        QTRY_VERIFY_WITH_TIMEOUT(
            isWhole() && matrix().rows[1].cells[0].tile->values == before.rows[1].cells[0].tile->values, patience);
    }

    void anotherPictureWhileTheyAreAsked()
    {
        QVERIFY(open({m_fixture->path("twin.safetensors")}));
        document().setCurrentPicture(1);
        document().setCurrentPicture(2);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && matrix().title.contains("picture2"), patience);
        for (const MatrixRow& row : matrix().rows)
            QCOMPARE(row.cells[0].explanation->picture.size(), QSize(112, 64));
    }

    /// Until the answers come, the maps are those of the class before, and look it.
    void anotherClassWhileTheyAreAsked_data()
    {
        QTest::addColumn<QList<int>>("classes");
        QTest::addColumn<bool>("removes");
        QTest::newRow("one") << QList<int>{3} << false;
        QTest::newRow("there and back") << QList<int>{3, 1, 3} << false;
        QTest::newRow("and a model is taken off") << QList<int>{3} << true;
    }

    void anotherClassWhileTheyAreAsked()
    {
        QFETCH(const QList<int>, classes);
        QFETCH(const bool, removes);
        document().setCurrentClass(1);
        QVERIFY(open({m_fixture->path("twin.safetensors"), m_fixture->path("plain.safetensors")}));
        bool isHonest = true;
        const auto look = [&] {
            for (const MatrixRow& row : matrix().rows)
                for (const MatrixCell& cell : row.cells)
                    if (!m_page->isOutOfDate() && cell.explanation &&
                        cell.explanation->classIndex != document().currentClass())
                        isHonest = isHonest && cell.explanation->stale;
            return true;
        };
        for (const int each : classes) {
            document().setCurrentClass(each);
            QTRY_VERIFY_WITH_TIMEOUT(look() && m_page->isRunning(), patience);
        }
        if (removes)
            m_page->removeModel(toPath(m_fixture->path("plain.safetensors")));
        QTRY_VERIFY_WITH_TIMEOUT(look() && isWhole(), patience);
        QVERIFY(isHonest);
        QCOMPARE(matrix().rows.size(), std::size_t{removes ? 2U : 3U});
        for (const MatrixRow& row : matrix().rows)
            QCOMPARE(row.cells[0].explanation->classIndex, classes.back());
    }

    void moreThanAreHeldAreRefused()
    {
        QVERIFY(m_fixture->openAll());
        QSignalSpy failed(m_page.get(), &ModelsComparison::failed);
        std::vector<std::filesystem::path> many;
        for (std::size_t i = 0; i <= EngineWorker::MostOthers; ++i)
            many.push_back(toPath(m_fixture->path(QStringLiteral("m%1.safetensors").arg(i))));
        m_page->addModels(many);
        QCOMPARE(failed.count(), 1);
        QCOMPARE(m_page->models().size(), EngineWorker::MostOthers);
        m_page->addModels({many.front()}); // which is there
        QCOMPARE(m_page->models().size(), EngineWorker::MostOthers);
    }

    void aModelIsTakenOff()
    {
        const QString twin = m_fixture->path("twin.safetensors");
        QVERIFY(open({twin, m_fixture->path("plain.safetensors")}));
        QPushButton* remove = buttonWithText(*m_page, "Remove");
        QVERIFY(!remove->isEnabled());
        emit m_page->view()->grid()->rowChosen(0); // the open one stays
        QVERIFY(!remove->isEnabled());
        emit m_page->view()->grid()->rowChosen(1);
        QVERIFY(remove->isEnabled());
        m_page->addModels({toPath(m_fixture->path("fewer.safetensors"))}); // while another is asked
        remove->click();
        QCOMPARE(m_page->models().size(), std::size_t{2});
        QVERIFY(!remove->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && matrix().rows.size() == 3, patience);
        for (const MatrixRow& row : matrix().rows)
            QVERIFY(row.title != "twin.safetensors");
    }

    void aModelIsPutBack()
    {
        QVERIFY(open({m_fixture->path("twin.safetensors"), m_fixture->path("plain.safetensors")}));
        QSignalSpy removed(m_page.get(), &ModelsComparison::modelRemoved);
        m_page->removeModel(toPath("/nowhere.pth"));
        m_page->removeModel({}); // the open one stays
        QCOMPARE(removed.count(), 0);
        m_page->removeModel(toPath(m_fixture->path("twin.safetensors")));
        QCOMPARE(removed.count(), 1);
        QVERIFY(removed[0][0].toString().contains("twin.safetensors"));
        auto* back = removed[0][1].value<QAction*>();
        back->trigger(); // while it may still be on its way out
        back->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && matrix().rows.size() == 3, patience);
        QCOMPARE(matrix().rows[1].title, QString("twin.safetensors"));
        QVERIFY(hasMap(1));
    }

    void theChosenRowIsMarked()
    {
        QVERIFY(open({"/nowhere/judge.pth", m_fixture->path("twin.safetensors")}));
        MatrixGrid* grid = m_page->view()->grid();
        QCOMPARE(grid->chosenRow(), 0);
        for (const int row : {1, 2}) { // the one has no map
            QTest::mouseClick(grid->rowHeader(row), Qt::LeftButton);
            QCOMPARE(grid->chosenRow(), row);
        }
        QTest::mouseClick(grid->rowHeader(1), Qt::LeftButton);
        QCOMPARE(grid->chosenRow(), 1);
        document().setCurrentPicture(1);
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && matrix().title.contains("picture1"), patience);
        QCOMPARE(grid->chosenRow(), 1);
    }

    /// The one that is opened in the window stands in the first row.
    void anotherModelIsOpened()
    {
        QVERIFY(open({m_fixture->path("twin.safetensors")}));
        document().openCheckpoint(toPath(m_fixture->path("twin.safetensors")));
        QTRY_VERIFY_WITH_TIMEOUT(isWhole() && matrix().rows.size() == 1, patience);
        QCOMPARE(matrix().rows[0].title, QString("twin.safetensors"));
    }

private:
    Document& document() { return m_fixture->document(); }
    MapMatrix matrix() { return m_page->matrix().value_or(MapMatrix()); }
    bool hasMap(std::size_t row) { return matrix().rows[row].cells[0].tile.has_value(); }

    QComboBox* comboBox(const QString& name)
    {
        for (auto* box : m_page->findChildren<QComboBox*>())
            if (box->accessibleName() == name)
                return box;
        return nullptr;
    }

    /// Nothing is on its way, and nothing stale.
    bool isWhole()
    {
        if (m_page->isRunning() || m_fixture->answer().isStale() || !m_page->matrix() || m_page->isOutOfDate())
            return false;
        for (const MatrixRow& row : matrix().rows)
            for (const MatrixCell& cell : row.cells)
                if (cell.explanation && cell.explanation->stale)
                    return false;
        return std::ranges::none_of(matrix().rows,
                                    [](const MatrixRow& row) { return row.details.contains("on its way …"); });
    }

    bool open(const QStringList& others)
    {
        if (!m_fixture->openAll())
            return false;
        std::vector<std::filesystem::path> checkpoints;
        for (const QString& other : others)
            checkpoints.push_back(toPath(other));
        m_page->addModels(checkpoints);
        m_page->show();
        return QTest::qWaitFor(
            [&] { return isWhole() && matrix().rows.size() == static_cast<std::size_t>(others.size()) + 1; }, patience);
    }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<ModelsComparison> m_page;
};

QTEST_MAIN(TestModels)
#include "test_models.moc"
