// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include "tests/figures/synthetic_explanation.h"
#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_pair.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/row_header.h"

Q_DECLARE_METATYPE(ocellus::MapMatrix)

using namespace ocellus;

namespace {

MapMatrix compared(int classes, bool contrast = true)
{
    std::vector<ClassOfMatrix> of;
    for (int i = 0; i < classes; ++i)
        of.push_back({i, QString::number(i) + " Bird", {}, {}});
    return classMatrix(test::syntheticExplanation(), of, contrast);
}

/// Whose columns say more than their tiles, so that it stays a table.
MapMatrix table(int classes)
{
    MapMatrix matrix = compared(classes);
    for (QString& title : matrix.columns)
        title += QStringLiteral("\nsame 0.5");
    return matrix;
}

/// Two pictures of other sizes below each other.
MapMatrix twoPictures()
{
    test::Synthetic wide;
    wide.picture = {900, 300};
    return matrixOfHeads("two pictures", {headRow(test::syntheticExplanation(), "first"),
                                          headRow(test::syntheticExplanation(wide), "second")});
}

/// What the tile shows in its middle, in its picture's pixels.
double middleX(const MapTile* tile)
{
    const PictureTransform transform = tile->pictureTransform();
    return transform.toPicture(tile->pictureArea().center()).x;
}

} // namespace

/// Tables of maps on the screen: what is seen, chosen, scrolled and moved together.
class TestMatrixView : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_view = std::make_unique<MatrixView>();
        m_view->resize(1100, 700);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }

    void cleanup() { m_view.reset(); }

    void nothingToShow()
    {
        m_view->setMatrix({});
        for (const Qt::Key key : {Qt::Key_Right, Qt::Key_End, Qt::Key_N, Qt::Key_Escape, Qt::Key_Return})
            QTest::keyClick(grid(), key);
        QVERIFY(!grid()->chosen());
        for (const qsizetype columns : {3, 1, 2}) { // and no rows
            MapMatrix empty;
            empty.columns = QStringList(columns, "Head");
            m_view->setMatrix(empty);
            QVERIFY(!grid()->chosen());
        }
        m_view->showInvitation("Open a picture");
        QCOMPARE(m_view->invitation(), QString("Open a picture"));
        QVERIFY(!grid()->isVisible());
        m_view->setMatrix(compared(2));
        QVERIFY(m_view->invitation().isEmpty());
        QVERIFY(grid()->isVisible());
        m_view->showInvitation("Open another picture");
        QVERIFY(m_view->matrix().isEmpty());
    }

    void wordsInPlaceOfMaps()
    {
        test::Synthetic wanted;
        wanted.rows = 9;
        MapMatrix matrix = twoPictures();
        matrix.rows.push_back(
            differenceRow(matrix.rows[0], headRow(test::syntheticExplanation(wanted), "smaller"), "difference"));
        m_view->setMatrix(matrix);
        QVERIFY(grid()->tile({1, 0}));
        QVERIFY(!grid()->tile({2, 0}));
        QVERIFY(!grid()->tile({3, 0}) && !grid()->tile({-1, 0}) && !grid()->tile({0, 99}));
        grid()->choose({1, 0});
        QTest::keyClick(grid()->tile({1, 0}), Qt::Key_Down);
        QVERIFY(grid()->tile(*grid()->chosen())); // never the words
        m_view->grab();
    }

    void rowsWithTooFewCells()
    {
        MapMatrix matrix = compared(2);
        matrix.rows[1].cells.resize(3);
        m_view->setMatrix(matrix);
        QVERIFY(grid()->tile({1, 2}) && !grid()->tile({1, 3}));
    }

    void fitsOrScrolls_data()
    {
        QTest::addColumn<QSize>("room");
        QTest::addColumn<int>("classes");
        QTest::newRow("no room") << QSize(1, 1) << 5;
        QTest::newRow("small laptop") << QSize(620, 420) << 5;
        QTest::newRow("one row") << QSize(1100, 700) << 1;
        QTest::newRow("two rows") << QSize(1100, 700) << 2;
        QTest::newRow("large screen") << QSize(1900, 1000) << 5;
    }

    void fitsOrScrolls()
    {
        QFETCH(QSize, room);
        QFETCH(int, classes);
        m_view->resize(room);
        m_view->setMatrix(compared(classes));
        const MapTile* first = grid()->tile({0, 0});
        for (int row = 0; row < classes; ++row)
            for (int column = 0; column < 9; ++column) {
                const MapTile* tile = grid()->tile({row, column});
                QCOMPARE(tile->size(), first->size());
                QVERIFY(tile->parentWidget()->rect().contains(tile->geometry()));
                QVERIFY(tile->pictureArea().height() >= 40);
                QVERIFY(!tile->geometry().intersects(grid()->rowHeader(row)->geometry()));
            }
        m_view->grab();
    }

    void whatCannotBePaired_data()
    {
        QTest::addColumn<MapMatrix>("matrix");
        QTest::newRow("nothing") << MapMatrix();
        QTest::newRow("one row and words") << [] {
            MapMatrix matrix = compared(2);
            for (MatrixCell& cell : matrix.rows[1].cells)
                cell = {nullptr, {}, "failed"};
            return matrix;
        }();
    }

    void whatCannotBePaired()
    {
        QFETCH(const MapMatrix, matrix);
        m_view->setMatrix(matrix);
        m_view->showPair(PicturePair::Arrangement::Swipe);
        QVERIFY(!m_view->canPair() && !m_view->isPaired());
        QVERIFY(grid()->isVisible() && !m_view->pair()->isVisible());
    }

    void sidesOfAPair()
    {
        const auto names = [](const MapMatrix& matrix, int column) {
            QStringList found;
            for (const PairSide& side : MatrixPair::sidesOf(matrix, column))
                found << side.name;
            return found;
        };
        QCOMPARE(names(compared(3), 2), (QStringList{"0 Bird", "1 Bird", "2 Bird"})); // no differences
        QCOMPARE(names(compared(3), 99), QStringList());
        QCOMPARE(names(twoPictures(), 0), (QStringList{"first", "second"}));
        MapMatrix untitled = twoPictures(); // as pictures side by side
        for (MatrixRow& row : untitled.rows)
            row.title.clear();
        untitled.columns.fill(QString());
        const QString picture = untitled.rows[0].cells[0].explanation->pictureName;
        QCOMPARE(names(untitled, 0), QStringList{picture}); // of one name: there once
    }

    void anyTwoRowsInOnePlace()
    {
        m_view->setMatrix(compared(3));
        grid()->choose({2, 1});
        QSignalSpy told(m_view.get(), &MatrixView::pairedChanged);
        m_view->showPair(PicturePair::Arrangement::Swipe);
        MatrixPair* pair = m_view->pair();
        QVERIFY(m_view->isPaired() && pair->isVisible() && !grid()->isVisible());
        QCOMPARE((QStringList{pair->firstName(), pair->secondName()}), (QStringList{"0 Bird", "2 Bird"}));
        QCOMPARE(pair->pictures()->headTitle(), QString("Head 2"));
        pair->choose(1, 1); // never one against itself
        QVERIFY(pair->firstName() == "1 Bird" && pair->secondName() != "1 Bird");
        pair->choose(1, 0);
        // New numbers, another head, and back again after one had no map for a while.
        MapMatrix changed = compared(3);
        m_view->setMatrix(changed);
        grid()->chooseHead(4);
        QCOMPARE(pair->pictures()->headTitle(), QString("Head 5"));
        for (MatrixCell& cell : changed.rows[1].cells)
            cell = {nullptr, {}, "is being explained"};
        changed.rows[2] = changed.rows[1];
        m_view->setMatrix(changed);
        QVERIFY(m_view->isPaired() && pair->isWaiting() && !pair->pictures()->canSwipe());
        m_view->setMatrix(compared(3));
        QCOMPARE((QStringList{pair->firstName(), pair->secondName()}), (QStringList{"1 Bird", "0 Bird"}));
        QTest::keyClick(pair->pictures(), Qt::Key_Escape);
        QVERIFY(!m_view->isPaired() && grid()->isVisible());
        m_view->showPair(PicturePair::Arrangement::Blink);
        m_view->showInvitation("Open a picture");
        QVERIFY(!m_view->isPaired() && !pair->isVisible());
        QCOMPARE(told.size(), 4);
    }

    void titlesStayInSight()
    {
        m_view->resize(600, 400);
        m_view->setMatrix(table(5));
        QVERIFY(grid()->horizontalScrollBar()->maximum() > 0 && grid()->verticalScrollBar()->maximum() > 0);
        grid()->horizontalScrollBar()->setValue(80);
        grid()->verticalScrollBar()->setValue(60);
        QCOMPARE(grid()->rowHeader(4)->mapTo(grid()->viewport(), QPoint()).x(), 0);
        QCOMPARE(grid()->rowHeader(4)->mapTo(grid()->viewport(), QPoint()).y(),
                 grid()->tile({4, 0})->mapTo(grid()->viewport(), QPoint()).y());
    }

    void wheelScrollsWhereThereIsMoreToSee()
    {
        m_view->resize(600, 400);
        m_view->setMatrix(compared(5));
        MapTile* tile = grid()->tile({0, 0});
        const double before = tile->pictureTransform().scale;
        const auto turn = [tile](Qt::KeyboardModifiers modifiers, int angle) {
            const QPointF at(20, 60);
            QWheelEvent wheel(at, tile->mapToGlobal(at), {}, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                              false);
            QCoreApplication::sendEvent(tile, &wheel);
        };
        turn(Qt::NoModifier, -240);
        QVERIFY(grid()->verticalScrollBar()->value() > 0);
        QCOMPARE(tile->pictureTransform().scale, before);
        turn(Qt::ShiftModifier, 240);
        QVERIFY(tile->pictureTransform().scale > before);
    }

    void blocksFillThePageWithoutScrollingAside_data()
    {
        QTest::addColumn<QSize>("room");
        QTest::addColumn<int>("classes");
        QTest::addColumn<double>("share"); ///< of the page that its pictures cover at least
        QTest::newRow("two classes") << QSize(1380, 850) << 2 << 0.55;
        QTest::newRow("two classes, small laptop") << QSize(1100, 560) << 2 << 0.5;
        QTest::newRow("one class") << QSize(1380, 850) << 1 << 0.5;
        QTest::newRow("five classes") << QSize(1380, 850) << 5 << 0.42;
        QTest::newRow("two classes, portrait screen") << QSize(1000, 1700) << 2 << 0.6;
    }

    void blocksFillThePageWithoutScrollingAside()
    {
        QFETCH(const QSize, room);
        QFETCH(const int, classes);
        QFETCH(const double, share);
        m_view->resize(room);
        m_view->setMatrix(compared(classes, false));
        QCOMPARE(grid()->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(grid()->verticalScrollBar()->maximum(), 0);
        double covered = 0;
        for (int row = 0; row < classes; ++row)
            for (int column = 0; column < 9; ++column) {
                const MapTile* tile = grid()->tile({row, column});
                const PictureTransform transform = tile->pictureTransform();
                const QSize picture = tile->explanation().picture.size();
                covered += transform.scale * transform.scale * picture.width() * picture.height();
                for (int other = 0; other < column; ++other)
                    QVERIFY(!tile->geometry().intersects(grid()->tile({row, other})->geometry()));
                for (int other = 0; other < classes; ++other)
                    QVERIFY(!tile->geometry().intersects(grid()->rowHeader(other)->geometry()));
            }
        const double got = covered / (room.width() * room.height());
        QVERIFY2(got >= share, qPrintable(QString::number(got)));
    }

    void theUserSetsTheTilesSize()
    {
        m_view->setMatrix(compared(2));
        QVERIFY(grid()->fits());
        const int fitting = grid()->tileWidth();
        MapTile* tile = grid()->tile({0, 0});
        const auto turn = [tile](int angle) {
            const QPointF at(20, 60);
            QWheelEvent wheel(at, tile->mapToGlobal(at), {}, {0, angle}, Qt::NoButton, Qt::ControlModifier,
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(tile, &wheel);
        };
        turn(240);
        QVERIFY(!grid()->fits());
        QVERIFY(grid()->tileWidth() > fitting);
        QCOMPARE(tile->width(), grid()->tileWidth());
        QVERIFY(grid()->verticalScrollBar()->maximum() > 0);
        QCOMPARE(grid()->horizontalScrollBar()->maximum(), 0); // they wrap
        for (int i = 0; i < 40; ++i)
            turn(-240);
        QCOMPARE(grid()->tileWidth(), MatrixArrangement::LeastTile);
        for (int i = 0; i < 60; ++i)
            turn(240);
        QCOMPARE(grid()->tileWidth(), MatrixArrangement::MostTile);
        auto* fit = m_view->findChild<QToolButton*>();
        QVERIFY(!fit->isChecked());
        fit->click();
        QVERIFY(grid()->fits());
        QCOMPARE(grid()->tileWidth(), fitting);
        auto* slider = m_view->findChild<QSlider*>();
        QCOMPARE(slider->value(), fitting);
        slider->setValue(fitting + 50);
        QCOMPARE(grid()->tileWidth(), fitting + 50);
        m_view->setMatrix(compared(3)); // of another table too
        QCOMPARE(grid()->tileWidth(), fitting + 50);
    }

    void aSizeThatIsSetStaysATableWhereColumnsSayMore()
    {
        m_view->setMatrix(table(2));
        grid()->setTileWidth(400);
        QCOMPARE(grid()->tile({0, 8})->y(), grid()->tile({0, 0})->y());
        QVERIFY(grid()->horizontalScrollBar()->maximum() > 0);
    }

    void inBlocksArrowsGoWhereTheyPoint()
    {
        m_view->resize(1100, 700);
        m_view->setMatrix(compared(2, false));
        grid()->choose({0, 0});
        const auto press = [this](Qt::Key key) {
            const QRect before = grid()->tile(*grid()->chosen())->geometry();
            QTest::keyClick(grid()->tile(*grid()->chosen()), key);
            return grid()->tile(*grid()->chosen())->geometry().center() - before.center();
        };
        QVERIFY(press(Qt::Key_Down).y() > 0);
        QCOMPARE(grid()->chosen()->row, 0); // the line below is of the same class
        QVERIFY(press(Qt::Key_Right).x() > 0);
        QCOMPARE(press(Qt::Key_Up).x(), 0);
        for (int i = 0; i < 9; ++i)
            press(Qt::Key_Right);
        QCOMPARE(press(Qt::Key_Right), QPoint(0, 0)); // the edge
    }

    void anEnlargedTileIsWhole()
    {
        m_view->resize(1100, 700);
        m_view->setMatrix(compared(1, false));
        MapTile* tile = grid()->tile({0, 8});
        grid()->choose({0, 8});
        grid()->setEnlarged(true);
        QCOMPARE(tile->size(), grid()->viewport()->size());
        QVERIFY(tile->parentWidget()->rect().contains(tile->geometry()));
        QCOMPARE(tile->visibleRegion().boundingRect().size(), tile->size());
        QSignalSpy enlarged(grid(), &MatrixGrid::enlargedChanged);
        m_view->setMatrix(twoPictures()); // other tiles: nothing is large any more
        QVERIFY(!grid()->isEnlarged());
        QCOMPARE(enlarged.size(), 1);
    }

    void clickChooses()
    {
        m_view->setMatrix(compared(3));
        QSignalSpy chosen(grid(), &MatrixGrid::cellChosen);
        QSignalSpy rows(grid(), &MatrixGrid::rowChosen);
        QTest::mouseClick(grid()->tile({1, 4}), Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0], (QVariantList{1, 4}));
        QVERIFY(grid()->tile({1, 4})->isSelected());
        QVERIFY(!grid()->tile({0, 0})->isSelected());
        QTest::mouseClick(grid()->rowHeader(2), Qt::LeftButton);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0], QVariantList{2});
    }

    void programChoosesWithoutASignal()
    {
        m_view->setMatrix(compared(2));
        QSignalSpy chosen(grid(), &MatrixGrid::cellChosen);
        grid()->choose({1, 3});
        QCOMPARE(grid()->chosen(), (MatrixGrid::Place{1, 3}));
        grid()->choose({9, 9});
        QCOMPARE(grid()->chosen(), (MatrixGrid::Place{1, 3}));
        m_view->setMatrix(compared(3)); // the place is still there
        QCOMPARE(grid()->chosen(), (MatrixGrid::Place{1, 3}));
        QVERIFY(chosen.isEmpty());
    }

    void keysMove()
    {
        m_view->setMatrix(compared(3));
        grid()->choose({0, 0});
        const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
            QTest::keyClick(grid()->tile(*grid()->chosen()), key, modifiers);
            return *grid()->chosen();
        };
        using Place = MatrixGrid::Place;
        QCOMPARE(press(Qt::Key_Left), (Place{0, 0}));
        QCOMPARE(press(Qt::Key_Right), (Place{0, 1}));
        QCOMPARE(press(Qt::Key_Down), (Place{1, 1}));
        QCOMPARE(press(Qt::Key_End), (Place{1, 8}));
        QCOMPARE(press(Qt::Key_Up), (Place{0, 8}));
        QCOMPARE(press(Qt::Key_End, Qt::ControlModifier), (Place{4, 8}));
        QCOMPARE(press(Qt::Key_Home), (Place{4, 0}));
        QCOMPARE(press(Qt::Key_Home, Qt::ControlModifier), (Place{0, 0}));
        QVERIFY(grid()->tile({0, 0})->focusPolicy() == Qt::StrongFocus);
        QVERIFY(grid()->tile({1, 1})->focusPolicy() == Qt::ClickFocus);
    }

    void notesAreAskedFor()
    {
        m_view->setMatrix(compared(2));
        grid()->choose({1, 2});
        QSignalSpy notes(grid(), &MatrixGrid::noteRequested);
        QTest::keyClick(grid()->tile({1, 2}), Qt::Key_N);
        QCOMPARE(notes.size(), 1);
        QCOMPARE(notes[0], (QVariantList{1, 2}));
    }

    void doubleClickEnlargesAndBack()
    {
        m_view->setMatrix(compared(2));
        MapTile* tile = grid()->tile({1, 3});
        const QSize before = tile->size();
        QTest::mouseDClick(tile, Qt::LeftButton);
        QVERIFY(grid()->isEnlarged());
        QCOMPARE(tile->size(), grid()->viewport()->size());
        QTest::keyClick(tile, Qt::Key_Escape);
        QVERIFY(!grid()->isEnlarged());
        QCOMPARE(tile->size(), before);
    }

    /// Also where the tiles leave much of the page empty, and of a difference.
    void anEnlargedTileIsSeenAsAWhole()
    {
        m_view->setMatrix(compared(2));
        for (const MatrixGrid::Place place : {MatrixGrid::Place{0, 0}, MatrixGrid::Place{2, 8}}) {
            MapTile* tile = grid()->tile(place);
            QVERIFY(tile);
            grid()->choose(place);
            grid()->setEnlarged(true);
            QCOMPARE(tile->size(), grid()->viewport()->size());
            QCOMPARE(tile->visibleRegion(), QRegion(tile->rect()));
            QVERIFY(tile->hasFocus());
            // Zoom to the pixels works there too.
            QTest::keyClick(tile, Qt::Key_Z);
            QCOMPARE(tile->pictureTransform().scale, 1.0);
            QTest::keyClick(tile, Qt::Key_F);
            grid()->setEnlarged(false);
        }
        m_view->setMatrix({});
        grid()->setEnlarged(true);
        QVERIFY(!grid()->isEnlarged());
    }

    void oneTableAfterAnother()
    {
        // Also from within a click, when the tile that was clicked goes.
        connect(grid(), &MatrixGrid::cellChosen, m_view.get(), [this] { m_view->setMatrix(twoPictures()); });
        m_view->setMatrix(compared(4));
        QTest::mouseClick(grid()->tile({3, 8}), Qt::LeftButton);
        QCOMPARE(m_view->matrix().rows.size(), 2u);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(grid()->findChildren<MapTile*>().size(), 18);
        m_view->grab();
    }

    void samePictureSharesItsView()
    {
        m_view->setMatrix(compared(2));
        QTest::keyClick(grid()->tile({0, 0}), Qt::Key_Z);
        QCOMPARE(grid()->tile({2, 8})->pictureTransform(), grid()->tile({0, 0})->pictureTransform());
        QCOMPARE(grid()->views().count(), 1u);
    }

    void otherPicturesFollowInPartsOfTheirSize()
    {
        m_view->setMatrix(twoPictures());
        QCOMPARE(grid()->views().count(), 2u);
        grid()->views().view(0).setTransform(ViewTransform({500, 375}, 4, {125, 100}));
        QVERIFY(std::abs(middleX(grid()->tile({0, 0})) - 125) < 1e-6);
        QVERIFY(std::abs(middleX(grid()->tile({1, 0})) - 900 * 0.25) < 1e-6);
    }

    void offsetsAreKept()
    {
        m_view->setMatrix(twoPictures());
        CoupledViews& views = grid()->views();
        views.view(0).setTransform(ViewTransform({500, 375}, 4, {125, 100}));
        views.setCoupled(false);
        views.view(1).setTransform(ViewTransform({900, 300}, 4, {360, 80}));
        QVERIFY(std::abs(middleX(grid()->tile({0, 0})) - 125) < 1e-6);
        QVERIFY(views.hasOffsets());
        views.setCoupled(true);
        views.view(0).setTransform(ViewTransform({500, 375}, 4, {250, 100})); // a quarter to the right
        QVERIFY(std::abs(middleX(grid()->tile({1, 0})) - (360 + 225)) < 1e-6);
        // Placing a crosshair where the edge holds the view back moves nobody.
        views.view(0).setTransform(ViewTransform({500, 375}, 4, {490, 100}));
        const double held = middleX(grid()->tile({0, 0}));
        views.view(1).placeCrosshair({1, 1});
        QCOMPARE(middleX(grid()->tile({0, 0})), held);
        views.fit();
        QVERIFY(!views.hasOffsets());
        QCOMPARE(views.view(1).transform().zoom(), 1.0);
    }

    void aPinGoesWithItsPicture()
    {
        m_view->setMatrix(twoPictures());
        CoupledViews& views = grid()->views();
        views.view(0).placeCrosshair({100, 100});
        views.view(1).placeCrosshair({100, 100});
        m_view->setMatrix(twoPictures()); // the same again
        QVERIFY(views.view(0).crosshair() && views.view(1).crosshair());
        test::Synthetic wide;
        wide.picture = {900, 300};
        Explanation other = test::syntheticExplanation(wide);
        other.pictureName = "another of that size.jpg";
        MapMatrix matrix = twoPictures();
        matrix.rows[1] = headRow(other, "other");
        m_view->setMatrix(matrix);
        QVERIFY(views.view(0).crosshair());
        QVERIFY(!views.view(1).crosshair());
    }

    void anotherPictureTakesOverTheView()
    {
        m_view->setMatrix(twoPictures());
        grid()->views().view(0).setTransform(ViewTransform({500, 375}, 4, {125, 100}));
        test::Synthetic tall;
        tall.picture = {200, 600};
        MapMatrix matrix = twoPictures();
        matrix.rows[1] = headRow(test::syntheticExplanation(tall), "third");
        m_view->setMatrix(matrix);
        QCOMPARE(grid()->views().count(), 2u);
        QVERIFY(std::abs(middleX(grid()->tile({1, 0})) - 50) < 1e-6);
        QCOMPARE(grid()->views().view(1).transform().zoom(), 4.0);
    }

    void tilesSayWhatTheyAre()
    {
        MapMatrix matrix = compared(2);
        matrix.rows[1].flagged = true;
        matrix.rows[1].details = QStringList{"misclassified: 4 Bird"};
        m_view->setMatrix(matrix);
        const QString name = grid()->tile({1, 0})->accessibleName();
        QVERIFY2(name.contains("1 Bird") && name.contains("Head 1") && name.contains("peak"), qPrintable(name));
        QVERIFY(grid()->rowHeader(1)->accessibleDescription().contains("misclassified"));
        for (const auto* bar : m_view->findChildren<ColourBarWidget*>())
            QVERIFY(bar->isVisible() && bar->accessibleDescription().contains("times uniform"));
        m_view->setMatrix(compared(2, false));
        int visible = 0;
        for (const auto* bar : m_view->findChildren<ColourBarWidget*>())
            visible += bar->isVisible();
        QCOMPARE(visible, 1);
    }

private:
    MatrixGrid* grid() const { return m_view->grid(); }

    std::unique_ptr<MatrixView> m_view;
};

QTEST_MAIN(TestMatrixView)
#include "test_matrix_view.moc"
