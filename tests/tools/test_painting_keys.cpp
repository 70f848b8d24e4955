// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/apply.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "tests/tools/painting_stage.h"
#include "ui/engine/picture_image.h"

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

private:
    std::unique_ptr<PaintingStage> m_stage;
};

QTEST_MAIN(TestPaintingKeys)
#include "test_painting_keys.moc"
