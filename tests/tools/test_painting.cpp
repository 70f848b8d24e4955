// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/apply.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "tests/tools/painting_stage.h"
#include "ui/engine/picture_image.h"

using namespace ocellus;
using test::isNear;
using test::PaintingStage;

namespace {

constexpr Size size = PaintingStage::size;

} // namespace

Q_DECLARE_METATYPE(ocellus::ToolKind)

/// The tools on the picture by mouse, with what the editor is told.
class TestPainting : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_stage = std::make_unique<PaintingStage>();
        QVERIFY(m_stage->isReady());
    }

    void cleanup() { m_stage.reset(); }

    void refusesWhatCannotBePainted_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<ToolKind>("tool");
        QTest::newRow("no picture yet") << "unread" << ToolKind::Brush;
        QTest::newRow("another size is shown") << "stale" << ToolKind::Lasso;
        QTest::newRow("a crop is chosen") << "crop" << ToolKind::Rectangle;
        QTest::newRow("before a crop") << "before" << ToolKind::Wand;
        QTest::newRow("nothing to move") << "empty" << ToolKind::Move;
    }

    void refusesWhatCannotBePainted()
    {
        QFETCH(const QString, state);
        QFETCH(const ToolKind, tool);
        if (state == "unread")
            m_stage->editor.setOriginalSize({});
        if (state == "stale")
            m_stage->editor.setOriginalSize({700, 500});
        if (state == "crop" || state == "before") {
            m_stage->editor.addEdit({"Blur", Mask::whole(size), Blur{}, true});
            m_stage->editor.addEdit({"Crop", {}, Crop{{0, 0, 600, 399}}, true});
            m_stage->editor.selectEdit(state == "crop" ? 1 : 0);
        }
        const std::size_t steps = m_stage->steps();
        const QSignalSpy refused(&m_stage->painting, &Painting::refused);
        m_stage->choose(tool);
        m_stage->drag({{100, 100}, {200, 200}});
        QCOMPARE(refused.count(), 1);
        QVERIFY(!refused.first().first().toString().isEmpty());
        QCOMPARE(m_stage->steps(), steps);
        if (state != "empty")
            QCOMPARE(m_stage->view.cursor().shape(), Qt::ForbiddenCursor);
    }

    void gesturesAroundNothingChangeNothing_data()
    {
        QTest::addColumn<ToolKind>("tool");
        QTest::addColumn<QPointF>("at");
        const QPointF inside(300, 200), outside(-60, 200);
        QTest::newRow("brush, outside") << ToolKind::Brush << outside;
        QTest::newRow("eraser on nothing") << ToolKind::Eraser << QPointF(20, 20);
        QTest::newRow("lasso click") << ToolKind::Lasso << inside;
        QTest::newRow("rectangle click") << ToolKind::Rectangle << inside;
        QTest::newRow("ellipse click") << ToolKind::Ellipse << inside;
        QTest::newRow("polygon corner") << ToolKind::Polygon << inside;
        QTest::newRow("wand, outside") << ToolKind::Wand << outside;
        QTest::newRow("move nowhere") << ToolKind::Move << inside;
    }

    void gesturesAroundNothingChangeNothing()
    {
        QFETCH(const ToolKind, tool);
        QFETCH(const QPointF, at);
        m_stage->setBrush(20, 1);
        m_stage->editor.setActiveMask("start", rectangleMask(size, {280, 180, 50, 50}));
        m_stage->zoom(0.5, {300, 200});
        m_stage->choose(tool);
        m_stage->drag({{at.x(), at.y()}});
        m_stage->key(Qt::Key_Return);
        QCOMPARE(m_stage->steps(), std::size_t{1});
        QCOMPARE(m_stage->mask(), rectangleMask(size, {280, 180, 50, 50}));
    }

    void aStrokeSelectsWhatItCovers_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("width");
        QTest::addColumn<double>("hardness");
        QTest::addColumn<QPolygonF>("line");
        const QPolygonF across({{280, 190}, {300, 210}, {320, 195}});
        const QPolygonF leaving({{300, 200}, {590, 200}, {900, 300}, {300, 390}});
        QTest::newRow("fit") << 0.0 << 30.0 << 1.0 << across;
        QTest::newRow("half size, soft") << 0.5 << 55.0 << 0.2 << across;
        QTest::newRow("one to one") << 1.0 << 7.0 << 0.8 << across;
        QTest::newRow("enlarged") << 8.0 << 5.0 << 1.0 << QPolygonF({{295, 198}, {305, 204}});
        QTest::newRow("one pixel") << 20.0 << 1.0 << 1.0 << QPolygonF({{300.5, 200.5}});
        QTest::newRow("brush larger than the picture") << 0.0 << 1000.0 << 0.5 << across;
        QTest::newRow("brush larger than the view") << 6.0 << 200.0 << 0.9 << QPolygonF({{300, 200}, {303, 202}});
        QTest::newRow("leaves the picture") << 0.4 << 40.0 << 1.0 << leaving;
        QTest::newRow("a click") << 1.0 << 12.0 << 1.0 << QPolygonF({{310, 205}});
    }

    void aStrokeSelectsWhatItCovers()
    {
        QFETCH(const double, scale);
        QFETCH(const double, width);
        QFETCH(const double, hardness);
        QFETCH(const QPolygonF, line);
        m_stage->zoom(scale, {300, 200});
        m_stage->setBrush(width, hardness);
        m_stage->choose(ToolKind::Brush);
        std::vector<Point> wanted, seen;
        for (const QPointF& point : line) {
            wanted.push_back({point.x(), point.y()});
            seen.push_back(m_stage->pointAt(m_stage->placeOf(wanted.back())));
        }
        m_stage->drag(wanted);
        QCOMPARE(m_stage->mask(), strokeMask(size, seen, {width / 2, hardness}));
        QVERIFY(!m_stage->mask().empty());
        QCOMPARE(m_stage->steps(), std::size_t{1});
        m_stage->editor.undo();
        QVERIFY(m_stage->mask().empty());
    }

    void modifiersAddAndSubtract_data()
    {
        QTest::addColumn<ToolKind>("tool");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<bool>("keepsOld");
        QTest::addColumn<bool>("takesNew");
        const auto rows = [](const char* name, ToolKind tool, bool natural, bool naturallyTakes) {
            const auto row = [&](const char* key, Qt::KeyboardModifiers modifiers, bool keeps, bool takes) {
                QTest::addRow("%s %s", name, key) << tool << modifiers << keeps << takes;
            };
            row("plain", {}, natural, naturallyTakes);
            row("Alt", Qt::AltModifier, true, true);
            row("Ctrl", Qt::ControlModifier, true, false);
        };
        rows("brush", ToolKind::Brush, true, true);
        rows("eraser", ToolKind::Eraser, true, false);
        rows("rectangle", ToolKind::Rectangle, false, true);
        rows("ellipse", ToolKind::Ellipse, false, true);
        rows("lasso", ToolKind::Lasso, false, true);
    }

    void modifiersAddAndSubtract()
    {
        QFETCH(const ToolKind, tool);
        QFETCH(const Qt::KeyboardModifiers, modifiers);
        QFETCH(const bool, keepsOld);
        QFETCH(const bool, takesNew);
        // Two columns; the gesture goes over the right one and beyond it.
        m_stage->editor.setActiveMask(
            "old", added(rectangleMask(size, {100, 100, 50, 200}), rectangleMask(size, {300, 100, 50, 200})));
        m_stage->setBrush(60, 1);
        m_stage->choose(tool);
        if (tool == ToolKind::Rectangle || tool == ToolKind::Ellipse)
            m_stage->drag({{290, 120}, {420, 280}}, modifiers);
        else
            m_stage->drag({{290, 120}, {420, 120}, {420, 280}, {355, 300}, {290, 280}}, modifiers);
        QCOMPARE(m_stage->mask().at(120, 200) == 255, keepsOld);
        QCOMPARE(m_stage->mask().at(400, 200) == 255, takesNew);
        QCOMPARE(m_stage->mask().at(340, 130) == 255, takesNew);
        QCOMPARE(m_stage->steps(), std::size_t{2});
    }

    void aModifierCountsWhenItComesLate()
    {
        m_stage->editor.setActiveMask("old", rectangleMask(size, {100, 100, 50, 200}));
        m_stage->choose(ToolKind::Rectangle);
        m_stage->press({300, 100});
        m_stage->move({400, 200});
        QTest::keyPress(&m_stage->view, Qt::Key_Alt);
        m_stage->release({400, 200}, Qt::AltModifier);
        QVERIFY(isNear(m_stage->mask().box(), {100, 100, 300, 200}));
    }

    void shiftMakesSquares()
    {
        m_stage->choose(ToolKind::Rectangle);
        m_stage->drag({{100, 100}, {180, 130}}, Qt::ShiftModifier);
        QVERIFY(isNear(m_stage->mask().box(), {100, 100, 80, 80}));
        m_stage->choose(ToolKind::Ellipse);
        m_stage->drag({{300, 200}, {240, 180}}, Qt::ShiftModifier);
        QVERIFY(isNear(m_stage->mask().box(), {240, 140, 60, 60}));
    }

    void polygonByMouse()
    {
        m_stage->choose(ToolKind::Polygon);
        for (const Point corner : {Point{100, 100}, Point{300, 100}, Point{550, 390}})
            m_stage->drag({corner});
        m_stage->key(Qt::Key_Backspace);
        m_stage->drag({{300, 300}});
        QCOMPARE(m_stage->steps(), std::size_t{0});
        QTest::mouseDClick(&m_stage->view, Qt::LeftButton, {}, m_stage->placeOf({100, 300}));
        QCOMPARE(m_stage->steps(), std::size_t{1});
        QVERIFY(isNear(m_stage->mask().box(), {100, 100, 200, 200}));
        for (const Point corner : {Point{400, 100}, Point{500, 100}, Point{450, 150}})
            m_stage->drag({corner});
        m_stage->key(Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(m_stage->steps(), std::size_t{2});
        QVERIFY(isNear(m_stage->mask().box(), {100, 100, 400, 200}));
        m_stage->drag({{400, 300}});
        m_stage->key(Qt::Key_Escape);
        m_stage->key(Qt::Key_Return);
        QCOMPARE(m_stage->steps(), std::size_t{2});
        QCOMPARE(m_stage->painting.tools().kind(), ToolKind::Polygon);
        m_stage->key(Qt::Key_Escape);
        QCOMPARE(m_stage->painting.tools().kind(), ToolKind::Point);
    }

    void movesPixelsInOneStep()
    {
        m_stage->editor.setActiveMask("old", rectangleMask(size, {410, 60, 80, 80}));
        m_stage->choose(ToolKind::Move);
        ToolOptions options = m_stage->painting.tools().options();
        options.blend = false;
        m_stage->painting.tools().setOptions(options);
        m_stage->drag({PaintingStage::redCentre, {250, 300}});
        QCOMPARE(m_stage->steps(), std::size_t{2});
        const EditList edits = m_stage->editor.state().edits;
        QCOMPARE(edits.size(), std::size_t{2});
        const Picture moved = applyEdits(toPicture(m_stage->explanation.picture), edits);
        const auto redAt = [&](int x, int y) {
            return moved.rgb[3 * (static_cast<std::size_t>(y) * size.width + static_cast<std::size_t>(x))];
        };
        QCOMPARE(int{redAt(250, 300)}, 200);
        QVERIFY(redAt(450, 100) < 120);
        QCOMPARE(m_stage->mask().at(250, 300), std::uint8_t{255}); // the selection went along
        m_stage->editor.undo();
        QVERIFY(m_stage->editor.state().edits.empty());
        QCOMPARE(m_stage->mask(), rectangleMask(size, {410, 60, 80, 80}));
        m_stage->drag({PaintingStage::redCentre, {250, 300}}, Qt::AltModifier);
        QCOMPARE(m_stage->editor.state().edits.size(), std::size_t{1});
    }

    void movesNothingOut()
    {
        m_stage->editor.setActiveMask("old", rectangleMask(size, {410, 60, 80, 80}));
        m_stage->zoom(0.3, {300, 200});
        m_stage->choose(ToolKind::Move);
        const QSignalSpy refused(&m_stage->painting, &Painting::refused);
        m_stage->drag({PaintingStage::redCentre, {900, 100}});
        QCOMPARE(refused.count(), 1);
        QCOMPARE(m_stage->steps(), std::size_t{1});
    }

    void picksTheMeanColour()
    {
        qRegisterMetaType<Rgb>();
        const QSignalSpy picked(&m_stage->painting, &Painting::colourPicked);
        m_stage->choose(ToolKind::ColourPicker);
        m_stage->drag({PaintingStage::redCentre});
        QCOMPARE(picked.count(), 1);
        QCOMPARE(picked.last().first().value<Rgb>(), (Rgb{200, 30, 30}));
        m_stage->drag({{410, 100}}); // half red, half green
        const Rgb mean = picked.last().first().value<Rgb>();
        QVERIFY(mean.red > 110 && mean.red < 180);
        m_stage->zoom(0.3, {300, 200});
        m_stage->drag({{-50, 100}});
        QCOMPARE(picked.count(), 2);
    }

    void aGrowingStrokeLooksLikeAWholeOne()
    {
        m_stage->editor.setActiveMask("old", rectangleMask(size, {100, 100, 300, 100}));
        m_stage->setBrush(50, 0.4);
        m_stage->choose(ToolKind::Brush);
        m_stage->press({80, 150}, Qt::ControlModifier);
        for (int x = 80; x < 500; x += 15) {
            m_stage->move({static_cast<double>(x), 150.0 + x % 60}, Qt::ControlModifier);
            m_stage->view.grab();
        }
        const QImage grown = m_stage->view.grab().toImage();
        const ViewTransform before = m_stage->linked.transform();
        m_stage->zoom(3, {300, 200});
        m_stage->view.grab();
        m_stage->linked.setTransform(before);
        QCOMPARE(m_stage->view.grab().toImage(), grown);
    }

    void theMaskIsSeenOnEveryGround_data()
    {
        QTest::addColumn<QColor>("ground");
        QTest::newRow("black") << QColor(Qt::black);
        QTest::newRow("white") << QColor(Qt::white);
        QTest::newRow("the tint itself") << QGuiApplication::palette().color(QPalette::Highlight);
    }

    void theMaskIsSeenOnEveryGround()
    {
        QFETCH(const QColor, ground);
        m_stage->explanation.picture.fill(ground);
        m_stage->explanation.decoding.reset();
        m_stage->view.setExplanation(m_stage->explanation, 0);
        m_stage->zoom(1, {300, 200});
        m_stage->editor.setActiveMask("old", rectangleMask(size, {200, 150, 100, 100}));
        const QImage shown = m_stage->view.grab().toImage();
        const QPoint corner = m_stage->pixelOf({200.5, 150.5});
        const auto countOnRow = [&](int y, QColor colour) {
            int count = 0;
            for (int x = corner.x() + 2; x < corner.x() + 98; ++x)
                count += shown.pixelColor(x, y) == colour ? 1 : 0;
            return count;
        };
        // The edge is where the view's own pixels have it.
        bool isSeen = false;
        for (int y = corner.y() - 1; y <= corner.y() + 1; ++y)
            isSeen = isSeen || (countOnRow(y, Qt::black) >= 40 && countOnRow(y, Qt::white) >= 40);
        QVERIFY(isSeen);
        m_stage->linked.setOverlayVisible(false);
        QCOMPARE(m_stage->view.grab().toImage().pixelColor(m_stage->pixelOf({250.5, 150.5})), ground);
    }

private:
    std::unique_ptr<PaintingStage> m_stage;
};

QTEST_MAIN(TestPainting)
#include "test_painting.moc"
