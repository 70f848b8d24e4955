// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHelpEvent>
#include <QToolTip>

#include "core/edit/apply.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "tests/tools/painting_stage.h"
#include "ui/engine/picture_image.h"

Q_DECLARE_METATYPE(ocellus::ToolKind)

using namespace ocellus;
using test::isNear;
using test::PaintingStage;

/// The tools on the picture by keyboard alone.
class TestPaintingKeys : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_stage = std::make_unique<PaintingStage>();
        QVERIFY(m_stage->isReady());
    }

    void cleanup() { m_stage.reset(); }

    void polygonByKeys()
    {
        m_stage->key(Qt::Key_P);
        QCOMPARE(m_stage->painting.tools().kind(), ToolKind::Polygon);
        const auto walk = [this](Qt::Key key) {
            for (int i = 0; i < 8; ++i)
                m_stage->key(key);
            m_stage->key(Qt::Key_Return);
        };
        m_stage->key(Qt::Key_Left);
        m_stage->key(Qt::Key_Return);
        walk(Qt::Key_Right);
        walk(Qt::Key_Down);
        walk(Qt::Key_Left);
        QCOMPARE(m_stage->steps(), std::size_t{0});
        m_stage->key(Qt::Key_Return); // again at the last corner
        QCOMPARE(m_stage->steps(), std::size_t{1});
        const int side = 8 * static_cast<int>(std::lround(8 / m_stage->view.pictureTransform().scale));
        QVERIFY(std::abs(m_stage->mask().box().width - side) <= 1);
        QVERIFY(std::abs(m_stage->mask().box().height - side) <= 1);
    }

    void strokesByKeys()
    {
        m_stage->setBrush(20, 1);
        m_stage->key(Qt::Key_B);
        m_stage->key(Qt::Key_Right, Qt::ControlModifier);
        m_stage->key(Qt::Key_Return);
        for (int i = 0; i < 5; ++i)
            m_stage->key(Qt::Key_Down);
        QCOMPARE(m_stage->steps(), std::size_t{0});
        m_stage->key(Qt::Key_Return);
        const int length = 5 * static_cast<int>(std::lround(8 / m_stage->view.pictureTransform().scale));
        QVERIFY(isNear(m_stage->mask().box(), {291, 190, 20, 20 + length}));
        m_stage->key(Qt::Key_Return);
        m_stage->key(Qt::Key_Up);
        m_stage->key(Qt::Key_Escape); // gives the second stroke up
        m_stage->key(Qt::Key_Down);
        m_stage->key(Qt::Key_Return, Qt::ControlModifier);
        m_stage->key(Qt::Key_Return, Qt::ControlModifier); // and rubs a dab out
        QCOMPARE(m_stage->steps(), std::size_t{2});
        QVERIFY(m_stage->mask().box().height < 20 + length);
    }

    void theKeyboardsCursorStaysInSight()
    {
        m_stage->zoom(8, {300, 200});
        m_stage->key(Qt::Key_B);
        for (int i = 0; i < 200; ++i)
            m_stage->key(Qt::Key_Right);
        QVERIFY(m_stage->view.pictureArea().contains(m_stage->placeOf({500, 200})));
        for (int i = 0; i < 800; ++i)
            m_stage->key(Qt::Key_Up);
        m_stage->key(Qt::Key_Return);
        m_stage->key(Qt::Key_Return);
        QCOMPARE(m_stage->mask().box().top, 0);
    }

    void bracketsChangeTheBrush()
    {
        m_stage->setBrush(40, 0.5);
        m_stage->key(Qt::Key_B);
        m_stage->key(Qt::Key_BracketRight);
        QCOMPARE(m_stage->painting.tools().options().size, 50.0);
        m_stage->key(Qt::Key_BracketLeft);
        m_stage->key(Qt::Key_BracketLeft);
        QCOMPARE(m_stage->painting.tools().options().size, 32.0);
        m_stage->key(Qt::Key_BraceLeft, Qt::ShiftModifier);
        QCOMPARE(m_stage->painting.tools().options().hardness, 0.4);
        m_stage->key(Qt::Key_BraceRight, Qt::ShiftModifier);
        m_stage->key(Qt::Key_BraceRight, Qt::ShiftModifier);
        QCOMPARE(m_stage->painting.tools().options().hardness, 0.6);
    }

    void theWheelChangesTheBrush_data()
    {
        QTest::addColumn<ToolKind>("kind");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<int>("notches");
        QTest::addColumn<double>("size");
        QTest::addColumn<double>("hardness");
        const Qt::KeyboardModifiers none, control = Qt::ControlModifier;
        const Qt::KeyboardModifiers both = Qt::ControlModifier | Qt::ShiftModifier;
        QTest::newRow("no tool") << ToolKind::Point << control << 1 << 40.0 << 0.5;
        QTest::newRow("no brush") << ToolKind::Lasso << control << 1 << 40.0 << 0.5;
        QTest::newRow("zooms") << ToolKind::Brush << none << 1 << 40.0 << 0.5;
        QTest::newRow("too small") << ToolKind::Brush << control << -90 << 1.0 << 0.5;
        QTest::newRow("too large") << ToolKind::Eraser << control << 90 << ToolOptions::largestBrush << 0.5;
        QTest::newRow("too hard") << ToolKind::Brush << both << 90 << 40.0 << 1.0;
        QTest::newRow("larger") << ToolKind::Brush << control << 1 << 50.0 << 0.5;
        QTest::newRow("softer") << ToolKind::Eraser << both << -2 << 40.0 << 0.3;
    }

    void theWheelChangesTheBrush()
    {
        QFETCH(const ToolKind, kind);
        QFETCH(const Qt::KeyboardModifiers, modifiers);
        QFETCH(const int, notches);
        m_stage->setBrush(40, 0.5);
        m_stage->choose(kind);
        const double zoom = m_stage->linked.transform().zoom();
        const QPointF place(m_stage->view.rect().center());
        QWheelEvent event(place, m_stage->view.mapToGlobal(place), {}, {0, 120 * notches}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&m_stage->view, &event);
        QTEST(m_stage->painting.tools().options().size, "size");
        QTEST(m_stage->painting.tools().options().hardness, "hardness");
        const bool isBrush = kind == ToolKind::Brush || kind == ToolKind::Eraser;
        QCOMPARE(m_stage->linked.transform().zoom() == zoom, isBrush && modifiers != Qt::NoModifier);
    }

    /// A ring where the brush ends, and one where it begins to fade.
    void theRingShowsSizeAndHardness()
    {
        m_stage->choose(ToolKind::Brush);
        const Point centre{300, 200};
        m_stage->setBrush(100, 1);
        m_stage->move(centre);
        const QImage hard = m_stage->view.grab().toImage();
        m_stage->setBrush(100, 0.5);
        const QImage soft = m_stage->view.grab().toImage();
        const QPoint rim = m_stage->pixelOf({350, 200}), core = m_stage->pixelOf({325, 200});
        QCOMPARE(soft.pixel(rim), hard.pixel(rim));
        QVERIFY(soft.pixel(core) != hard.pixel(core));
    }

    void noToolTipWhilePainting()
    {
        m_stage->choose(ToolKind::Brush);
        QHelpEvent asked(QEvent::ToolTip, m_stage->view.rect().center(), QPoint(5, 5));
        QCoreApplication::sendEvent(&m_stage->view, &asked);
        QVERIFY(!QToolTip::isVisible());
    }

    /// The map leaves the stroke in sight, and is back after it.
    void theMapFadesWhilePainting()
    {
        m_stage->explanation.style.overlay = OverlayRule::Flat;
        m_stage->view.setExplanation(m_stage->explanation, 0);
        m_stage->choose(ToolKind::Brush);
        m_stage->setBrush(4, 1);
        const QPoint aside = m_stage->pixelOf({500, 300});
        const QRgb before = m_stage->view.grab().toImage().pixel(aside);
        m_stage->press({100, 100});
        m_stage->move({110, 100});
        QVERIFY(m_stage->view.grab().toImage().pixel(aside) != before);
        m_stage->release({110, 100});
        QCOMPARE(m_stage->view.grab().toImage().pixel(aside), before);
    }

private:
    std::unique_ptr<PaintingStage> m_stage;
};

QTEST_MAIN(TestPaintingKeys)
#include "test_painting_keys.moc"
