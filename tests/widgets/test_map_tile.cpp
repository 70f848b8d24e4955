// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/map_matrix.h"
#include "ui/widgets/map_tile.h"

using namespace ocellus;

namespace {

void turnWheel(QWidget& widget, QPointF position, int steps)
{
    QWheelEvent event(position, widget.mapToGlobal(position), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

/// Pixels of one strip that differ.
int differences(const QImage& a, const QImage& b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
    return count;
}

/// The smallest rectangle with all pixels that differ.
QRect differingRect(const QImage& a, const QImage& b)
{
    QRect all;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            if (a.pixel(x, y) != b.pixel(x, y))
                all |= QRect(x, y, 1, 1);
    return all;
}

} // namespace

class TestMapTile : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_view = std::make_unique<LinkedView>();
        m_tile = std::make_unique<MapTile>(*m_view, std::make_shared<ScaledPicture>());
        m_tile->resize(400, 320);
        m_explanation = test::syntheticExplanation();
        setHead(2);
        m_tile->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_tile.get()));
    }

    void cleanup()
    {
        m_tile.reset();
        m_view.reset();
    }

    void invitesWithoutAPicture()
    {
        m_tile->setMap({}, nullptr);
        const QImage empty = shot();
        QVERIFY(differences(empty, QImage(empty.size(), empty.format())) > 0);
        turnWheel(*m_tile, {100, 100}, 3);
        m_tile->fit();
        m_tile->showActualPixels();
        QCOMPARE(m_tile->head(), -1);
        QVERIFY(!m_tile->accessibleName().isEmpty());
    }

    void wheelKeepsThePointUnderTheCursor()
    {
        const QPointF cursor(111, 203);
        const Point before = m_tile->pictureTransform().toPicture(cursor);
        turnWheel(*m_tile, cursor, 3);
        const Point after = m_tile->pictureTransform().toPicture(cursor);
        QVERIFY(std::hypot(after.x - before.x, after.y - before.y) < 1e-6);
        QVERIFY(m_view->transform().zoom() > 2);
    }

    void panning_data()
    {
        QTest::addColumn<Qt::MouseButton>("button");
        QTest::addColumn<bool>("space");
        QTest::addColumn<bool>("pans");
        QTest::newRow("left") << Qt::LeftButton << false << false;
        QTest::newRow("right") << Qt::RightButton << false << false;
        QTest::newRow("middle") << Qt::MiddleButton << false << true;
        QTest::newRow("Space and left") << Qt::LeftButton << true << true;
    }

    void panning()
    {
        QFETCH(Qt::MouseButton, button);
        QFETCH(bool, space);
        QFETCH(bool, pans);
        turnWheel(*m_tile, {200, 150}, 4);
        const PictureTransform before = m_tile->pictureTransform();
        if (space)
            QTest::keyPress(m_tile.get(), Qt::Key_Space);
        QTest::mousePress(m_tile.get(), button, {}, {200, 150});
        QTest::mouseMove(m_tile.get(), {230, 140});
        QTest::mouseRelease(m_tile.get(), button, {}, {230, 140});
        if (space)
            QTest::keyRelease(m_tile.get(), Qt::Key_Space);
        const QPointF moved = m_tile->pictureTransform().offset - before.offset;
        QVERIFY((moved - (pans ? QPointF(30, -10) : QPointF())).manhattanLength() < 1e-6);
        QTest::mouseMove(m_tile.get(), {100, 100});
        QVERIFY((m_tile->pictureTransform().offset - before.offset - moved).manhattanLength() < 1e-6);
        QVERIFY(!m_view->isPanning());
    }

    void hoverTellsCellAndPoint()
    {
        QSignalSpy hovered(m_view.get(), &LinkedView::cellHovered);
        QSignalSpy left(m_view.get(), &LinkedView::hoverLeft);
        const Cell cell{10, 20};
        const Point centre = m_explanation.geometry.centre(cell);
        const QPoint position = m_tile->pictureTransform().toDevice(centre).toPoint();
        QTest::mouseMove(m_tile.get(), position);
        QVERIFY(!hovered.isEmpty());
        QCOMPARE(hovered.back().at(0).value<Cell>(), cell);
        const QPointF point = hovered.back().at(1).toPointF();
        QVERIFY((point - QPointF(centre.x, centre.y)).manhattanLength() < 3);
        QCOMPARE(m_view->hovered(), point);
        QTest::mouseMove(m_tile.get(), {200, 3}); // the title
        QCOMPARE(left.size(), 1);
        QVERIFY(!m_view->hovered());
    }

    void crosshairIsLinked()
    {
        MapTile other(*m_view, std::make_shared<ScaledPicture>());
        other.resize(m_tile->size());
        const auto maps = tileMaps(m_explanation);
        other.setMap(m_explanation, &maps[5]);
        const QImage before = other.grab().toImage();
        QSignalSpy placed(m_view.get(), &LinkedView::crosshairPlaced);
        QTest::mouseClick(m_tile.get(), Qt::LeftButton, {}, {150, 200});
        QCOMPARE(placed.size(), 1);
        const Point point = m_tile->pictureTransform().toPicture(QPointF(150, 200));
        QCOMPARE(placed.front().front().toPointF(), QPointF(point.x, point.y));
        QVERIFY(differences(before, other.grab().toImage()) > 100);
        m_view->clearCrosshair();
        m_view->leave();
        QCOMPARE(differences(before, other.grab().toImage()), 0);
    }

    void shiftAndArrowsMoveTheCrosshair()
    {
        const auto centre = [this](Cell cell) {
            const Point point = m_explanation.geometry.centre(cell);
            return QPointF(point.x, point.y);
        };
        m_view->placeCrosshair(centre({0, 0}));
        QTest::keyClick(m_tile.get(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(m_view->crosshair(), centre({0, 0}));
        QTest::keyClick(m_tile.get(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(m_tile.get(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(m_view->crosshair(), centre({1, 1}));
    }

    /// A draft's cells are larger: the crosshair stays where it is in the picture.
    void crosshairStaysWhereItIsOnAnotherGrid()
    {
        const Point point = m_explanation.geometry.centre({20, 30});
        m_view->placeCrosshair({point.x, point.y});
        test::Synthetic coarse;
        coarse.rows = 13;
        coarse.columns = 17;
        const Explanation draft = test::syntheticExplanation(coarse);
        const QImage fine = shot();
        const auto maps = tileMaps(draft);
        m_tile->setMap(draft, &maps.front());
        QCOMPARE(m_view->crosshair(), QPointF(point.x, point.y));
        m_view->clearCrosshair();
        const QImage without = shot();
        m_view->placeCrosshair({point.x, point.y});
        const QRect picture = m_tile->pictureArea().toRect();
        const QRectF marked = differingRect(without.copy(picture), shot().copy(picture)).translated(picture.topLeft());
        QVERIFY(marked.contains(m_tile->pictureTransform().toDevice(point)));
        QVERIFY(marked.width() < m_tile->width() / 4.0); // at rest it keeps to its cell
    }

    void escapeRemovesTheCrosshair()
    {
        m_view->placeCrosshair({100, 100});
        QTest::keyClick(m_tile.get(), Qt::Key_Escape);
        QVERIFY(!m_view->crosshair());
    }

    void outlinesWhatACellSees()
    {
        m_view->placeCrosshair({100, 100});
        const QImage without = shot();
        m_view->setFieldShown(true);
        QCOMPARE(differences(without, shot()), 0); // a field that is not known
        m_explanation.field = {32, 0.5, 400};
        m_explanation.inputSize = {1088, 800};
        const auto maps = tileMaps(m_explanation);
        m_tile->setMap(m_explanation, &maps.front());
        const QImage with = shot();
        m_view->setFieldShown(false);
        QVERIFY(differences(with, shot()) > 100);
    }

    void theMapIsHiddenWithTheOverlay()
    {
        const QImage shown = shot();
        m_view->setOverlayVisible(false);
        QVERIFY(differences(shown, shot()) > 10000);
        m_view->setOverlayVisible(true);
        QCOMPARE(differences(shown, shot()), 0);
    }

    void lostFocusReleasesSpace()
    {
        QTest::keyPress(m_tile.get(), Qt::Key_Space);
        QFocusEvent lost(QEvent::FocusOut);
        QApplication::sendEvent(m_tile.get(), &lost);
        QVERIFY(!m_view->isPanning());
    }

    void nothingIsBeforeAPictureThatIsNotEdited()
    {
        const QImage shown = shot();
        m_view->setBeforeShown(true);
        QCOMPARE(differences(shown, shot()), 0);
    }

    void showsThePictureBeforeItsEdits_data()
    {
        QTest::addColumn<QString>("difference");
        QTest::addColumn<bool>("hasMap");
        QTest::newRow("the same but for the edits") << "" << true;
        QTest::newRow("another limit") << "limit" << false;
        QTest::newRow("another intervention") << "intervention" << false;
        QTest::newRow("not seen by the model") << "decoding" << false;
    }

    /// A map that is not of what is shown never takes part.
    void showsThePictureBeforeItsEdits()
    {
        QFETCH(const QString, difference);
        QFETCH(const bool, hasMap);
        m_explanation.style.overlay = OverlayRule::Flat;
        Explanation before = m_explanation;
        before.picture = QImage(m_explanation.picture.size(), QImage::Format_RGB32);
        before.picture.fill(Qt::red);
        if (difference == "limit")
            before.limit = "limited to 2 of 5 (zero)";
        if (difference == "intervention")
            before.intervention = "head 4 suppressed";
        if (difference == "decoding")
            before.decoding.reset();
        m_explanation.before = std::make_shared<const Explanation>(before);
        setHead(2);
        m_view->setBeforeShown(true);
        const QImage seen = shot();
        const QColor middle = seen.pixelColor(m_tile->pictureArea().center().toPoint());
        QCOMPARE(middle != QColor(Qt::red), hasMap);
        QVERIFY(middle.red() > middle.green());
        // What is known of cells is not told of another picture.
        QTest::mouseMove(m_tile.get(), {201, 160});
        QVERIFY(!m_view->hovered());
        m_view->setBeforeShown(false);
        QVERIFY(shot().pixelColor(m_tile->pictureArea().center().toPoint()) != middle);
    }

    void theSamePartOfAPictureOfAnotherSize()
    {
        Explanation before = m_explanation;
        before.picture = QImage(300, 1000, QImage::Format_RGB32);
        before.picture.fill(Qt::red);
        before.decoding.reset();
        m_explanation.before = std::make_shared<const Explanation>(before);
        setHead(2);
        m_view->setBeforeShown(true);
        const QImage seen = shot();
        QCOMPARE(seen.pixelColor(m_tile->pictureArea().center().toPoint()), QColor(Qt::red));
        QVERIFY(seen.pixelColor(40, 160) != QColor(Qt::red)); // it is narrower
    }

    void aDifferenceHasNothingBefore()
    {
        m_explanation.before = std::make_shared<const Explanation>(m_explanation);
        const auto maps = tileMaps(m_explanation);
        const TileMap difference = differenceMap(maps[0], maps[1]);
        m_tile->setMap(m_explanation, &difference);
        const QImage shown = shot();
        m_view->setBeforeShown(true);
        QCOMPARE(differences(shown, shot()), 0);
    }

    void theLoupeSeesWhatIsShown()
    {
        QVERIFY(!m_tile->sightAt({200, 4})); // the caption
        QVERIFY(!m_tile->sightAt({-5, 160}));
        const auto sight = m_tile->sightAt(m_tile->pictureArea().center());
        QVERIFY(sight && sight->map);
        QCOMPARE(sight->picture.cacheKey(), m_explanation.picture.cacheKey());
        QVERIFY2(sight->words.startsWith("Head 3: "), qPrintable(sight->words));
        m_explanation.stale = true;
        setHead(2);
        const auto old = m_tile->sightAt(m_tile->pictureArea().center());
        QVERIFY(old && !old->map);
        QCOMPARE(old->words, QString("out of date"));
        m_tile->setMap({}, nullptr);
        QVERIFY(!m_tile->sightAt(m_tile->pictureArea().center()));
    }

    void fitAndOneToOne()
    {
        QTest::keyClick(m_tile.get(), Qt::Key_Z);
        QCOMPARE(m_tile->pictureTransform().scale, 1.0);
        // To the place where one points.
        m_view->placeCrosshair({400, 100});
        m_tile->fit();
        const QPointF place = m_tile->pictureTransform().toDevice(Point{400, 100});
        QTest::keyClick(m_tile.get(), Qt::Key_Z);
        QCOMPARE(m_tile->pictureTransform().scale, 1.0);
        QVERIFY((m_tile->pictureTransform().toDevice(Point{400, 100}) - place).manhattanLength() < 1);
        QTest::keyClick(m_tile.get(), Qt::Key_F);
        QCOMPARE(m_view->transform().zoom(), 1.0);
    }

    void staleLooksStale()
    {
        const QImage fresh = shot();
        m_explanation.stale = true;
        setHead(2);
        QVERIFY(differences(fresh, shot()) > 10000);
        QVERIFY(m_tile->accessibleDescription().contains("out of date"));
    }

    /// It is said once above all tiles; here it is for who cannot see that.
    void aLimitTakesNoRoom()
    {
        const double before = m_tile->pictureArea().top();
        m_explanation.limit = "limited to 3 of 5 (zero)";
        setHead(2);
        QCOMPARE(m_tile->pictureArea().top(), before);
        QVERIFY(m_tile->accessibleDescription().contains(m_explanation.limit));
        m_explanation.limit.clear();
        m_explanation.style.perMapStretch = true;
        setHead(2);
        QCOMPARE(m_tile->pictureArea().top(), before);
        QVERIFY(m_tile->accessibleDescription().contains("stretched"));
        QVERIFY(m_tile->accessibleName().contains("stretched"));
    }

    void theCellsValueStandsInTheCaptionWhilePointing()
    {
        const QRect caption(0, 0, m_tile->width(), static_cast<int>(m_tile->pictureArea().top()));
        QTest::mouseMove(m_tile.get(), {200, 3});
        const QImage before = shot().copy(caption);
        QTest::mouseMove(m_tile.get(), {211, 160});
        QVERIFY(differences(before, shot().copy(caption)) > 20);
        QTest::mouseMove(m_tile.get(), {201, 3});
        QCOMPARE(differences(before, shot().copy(caption)), 0);
    }

    void aPinOutOfSightSaysNothing()
    {
        const QRect caption(0, 0, m_tile->width(), static_cast<int>(m_tile->pictureArea().top()));
        const QImage before = shot().copy(caption);
        const Point corner = Point{3, 3};
        m_view->placeCrosshair({corner.x, corner.y});
        QVERIFY(differences(before, shot().copy(caption)) > 20);
        turnWheel(*m_tile, {300, 250}, 4);
        QVERIFY(!m_tile->pictureArea().contains(m_tile->pictureTransform().toDevice(corner)));
        QCOMPARE(differences(before, shot().copy(caption)), 0);
        m_tile->fit();
        QVERIFY(differences(before, shot().copy(caption)) > 20);
    }

    void aMouseAtRestPointsAtWhatComesBelowIt()
    {
        QTest::mouseMove(m_tile.get(), {211, 160});
        QVERIFY(m_view->hovered());
        turnWheel(*m_tile, {60, 60}, 4); // about another point than the mouse's
        const Point below = m_tile->pictureTransform().toPicture(QPointF(211, 160));
        QVERIFY((*m_view->hovered() - QPointF(below.x, below.y)).manhattanLength() < 1e-6);
        QTest::mouseMove(m_tile.get(), {201, 3});
        QVERIFY(!m_view->hovered());
        m_tile->fit();
        QVERIFY(!m_view->hovered());
    }

    void namedForScreenReaders()
    {
        const QString name = m_tile->accessibleName();
        QVERIFY2(name.startsWith("Head 3, peak ") && name.contains(", score 3.00"), qPrintable(name));
    }

    void headsNumberIsVisibleOnTheSmallestTile()
    {
        m_tile->resize(m_tile->minimumSizeHint());
        const QImage three = shot();
        setHead(4);
        const int title = static_cast<int>(m_tile->pictureArea().top());
        QVERIFY(differences(three.copy(0, 0, 48, title), shot().copy(0, 0, 48, title)) > 3);
    }

    void samePictureSizeKeepsTheView()
    {
        turnWheel(*m_tile, {111, 203}, 3);
        const ViewTransform zoomed = m_view->transform();
        m_explanation.picture = m_explanation.picture.copy();
        setHead(2);
        QCOMPARE(m_view->transform(), zoomed);
        m_explanation.picture = QImage(100, 300, QImage::Format_RGB32);
        setHead(2);
        QCOMPARE(m_view->transform().zoom(), 1.0);
    }

private:
    void setHead(int head)
    {
        const auto maps = tileMaps(m_explanation);
        m_tile->setMap(m_explanation, &maps[static_cast<std::size_t>(head)]);
    }

    QImage shot() { return m_tile->grab().toImage(); }

    std::unique_ptr<LinkedView> m_view;
    std::unique_ptr<MapTile> m_tile;
    Explanation m_explanation;
};

QTEST_MAIN(TestMapTile)
#include "test_map_tile.moc"
