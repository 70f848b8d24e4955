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

/// What else happens while a stroke is on its way, or while no tool is chosen.
class TestPendingStrokes : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_stage = std::make_unique<PaintingStage>();
        QVERIFY(m_stage->isReady());
    }

    void cleanup() { m_stage.reset(); }

    void aMapThatIsOutOfDateIsNotInTheWayOfATool()
    {
        m_stage->explanation.stale = true;
        m_stage->view.setExplanation(m_stage->explanation, 0);
        const QPoint place = m_stage->placeOf({300, 300});
        const QColor picture = m_stage->explanation.picture.pixelColor(300, 300);
        const auto shown = [&] { return m_stage->view.grab().toImage().pixelColor(place); };
        QVERIFY(shown() != picture);
        m_stage->choose(ToolKind::Lasso);
        QCOMPARE(shown(), picture);
        m_stage->choose(ToolKind::Point);
        QVERIFY(shown() != picture);
    }

    void givesAStrokeUp_data()
    {
        QTest::addColumn<QString>("how");
        for (const char* how : {"Escape", "another tool", "another picture", "another edit", "the picture goes"})
            QTest::newRow(how) << how;
    }

    void givesAStrokeUp()
    {
        QFETCH(const QString, how);
        m_stage->editor.addEdit({"Blur", Mask::whole(size), Blur{}, true});
        m_stage->editor.selectEdit(-1);
        const std::size_t steps = m_stage->steps();
        m_stage->choose(ToolKind::Brush);
        m_stage->press({200, 200});
        m_stage->move({250, 200});
        if (how == "Escape")
            m_stage->key(Qt::Key_Escape);
        if (how == "another tool")
            m_stage->key(Qt::Key_M);
        if (how == "another edit")
            m_stage->editor.selectEdit(0);
        if (how == "another picture") {
            m_stage->editor.setPicture("/pictures/two.jpg");
            m_stage->editor.setOriginalSize(size);
        }
        if (how == "the picture goes")
            m_stage->view.setExplanation({}, 0);
        m_stage->move({300, 200});
        m_stage->release({300, 200});
        m_stage->editor.setPicture("/pictures/one.jpg");
        QCOMPARE(m_stage->steps(), steps);
    }

    void undoDuringAStrokeKeepsTheStroke()
    {
        m_stage->editor.setActiveMask("old", rectangleMask(size, {100, 100, 50, 50}));
        m_stage->setBrush(20, 1);
        m_stage->choose(ToolKind::Brush);
        m_stage->press({300, 200});
        m_stage->editor.undo();
        m_stage->release({300, 200});
        QVERIFY(isNear(m_stage->mask().box(), {290, 190, 20, 20}));
    }

    void theViewMovesDuringAStroke()
    {
        m_stage->setBrush(20, 1);
        m_stage->zoom(1, {300, 200});
        m_stage->choose(ToolKind::Brush);
        m_stage->press({280, 200});
        m_stage->move({300, 200});
        QTest::keyPress(&m_stage->view, Qt::Key_Space); // no panning before the end
        QVERIFY(!m_stage->linked.isPanning());
        m_stage->zoom(2, {310, 205});
        m_stage->move({320, 200});
        m_stage->release({320, 200});
        QTest::keyRelease(&m_stage->view, Qt::Key_Space);
        QVERIFY(isNear(m_stage->mask().box(), {270, 190, 60, 20}));
    }

    void panningGoesOnWithATool()
    {
        m_stage->zoom(2, {300, 200});
        m_stage->choose(ToolKind::Brush);
        const QPointF before = m_stage->view.pictureTransform().offset;
        QTest::keyPress(&m_stage->view, Qt::Key_Space);
        QTest::mousePress(&m_stage->view, Qt::LeftButton, {}, {200, 200});
        QTest::mouseMove(&m_stage->view, {230, 210});
        QTest::mouseRelease(&m_stage->view, Qt::LeftButton, {}, {230, 210});
        QTest::keyRelease(&m_stage->view, Qt::Key_Space);
        QTest::mousePress(&m_stage->view, Qt::MiddleButton, {}, {200, 200});
        QTest::mouseMove(&m_stage->view, {210, 200});
        QTest::mouseRelease(&m_stage->view, Qt::MiddleButton, {}, {210, 200});
        QCOMPARE(m_stage->view.pictureTransform().offset - before, QPointF(40, 10));
        QCOMPARE(m_stage->steps(), std::size_t{0});
    }

    void withoutAToolAClickPlacesTheCrosshair()
    {
        m_stage->drag({{300, 200}});
        QVERIFY(m_stage->linked.crosshair().has_value());
        m_stage->linked.clearCrosshair();
        m_stage->choose(ToolKind::Brush);
        m_stage->drag({{300, 200}});
        QVERIFY(!m_stage->linked.crosshair());
    }

private:
    std::unique_ptr<PaintingStage> m_stage;
};

QTEST_MAIN(TestPendingStrokes)
#include "test_pending_strokes.moc"
