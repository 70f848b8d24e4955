// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/apply.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "tests/tools/painting_stage.h"
#include "ui/engine/picture_image.h"

using namespace ocellus;
using test::countOf;
using test::isNear;
using test::PaintingStage;

namespace {

constexpr int Patience = 30'000;
constexpr Size size = PaintingStage::size;

} // namespace

Q_DECLARE_METATYPE(ocellus::PixelBox)
Q_DECLARE_METATYPE(ocellus::ToolKind)

/// Selecting by the wand, by commands and by what a head looks at.
class TestMaskCommands : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_stage = std::make_unique<PaintingStage>();
        QVERIFY(m_stage->isReady());
    }

    void cleanup() { m_stage.reset(); }

    void theWandSelectsLikeColours()
    {
        m_stage->choose(ToolKind::Wand);
        m_stage->drag({{20, 20}});
        m_stage->drag({PaintingStage::redCentre}); // the newest wins
        QTRY_COMPARE_WITH_TIMEOUT(m_stage->steps(), std::size_t{1}, Patience);
        QCOMPARE(m_stage->mask(), rectangleMask(size, {410, 60, 80, 80}));
        m_stage->drag({{20, 20}}, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_stage->steps(), std::size_t{2}, Patience);
        QCOMPARE(m_stage->mask(), Mask::whole(size));
        m_stage->drag({PaintingStage::redCentre}, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_stage->steps(), std::size_t{3}, Patience);
        QCOMPARE(m_stage->mask(), inverted(rectangleMask(size, {410, 60, 80, 80})));
    }

    void theToolsChangeTheChosenEdit()
    {
        m_stage->editor.addEdit({"Blur", Mask::whole(size), Blur{}, true});
        m_stage->choose(ToolKind::Rectangle);
        m_stage->drag({{100, 100}, {200, 200}});
        QVERIFY(m_stage->editor.state().selection.empty());
        QVERIFY(isNear(m_stage->editor.state().edits[0].mask.box(), {100, 100, 100, 100}));
    }

    void commands_data()
    {
        QTest::addColumn<int>("command");
        QTest::addColumn<PixelBox>("box");
        const auto row = [](const char* name, MaskCommand command, const PixelBox& box) {
            QTest::newRow(name) << static_cast<int>(command) << box;
        };
        row("clear", MaskCommand::Clear, {});
        row("grow", MaskCommand::Grow, {395, 45, 110, 110});
        row("shrink", MaskCommand::Shrink, {405, 55, 90, 90});
        row("feather", MaskCommand::Feather, {391, 41, 118, 118});
        row("invert", MaskCommand::Invert, {0, 0, 600, 400});
        row("refine", MaskCommand::Refine, {410, 60, 80, 80});
    }

    void commands()
    {
        QFETCH(const int, command);
        QFETCH(const PixelBox, box);
        const auto wanted = static_cast<MaskCommand>(command);
        QAction* action = m_stage->painting.commands().at(wanted);
        QCOMPARE(action->isEnabled(), wanted == MaskCommand::Invert);
        m_stage->editor.setActiveMask("old", rectangleMask(size, {400, 50, 100, 100}));
        QVERIFY(action->isEnabled());
        action->trigger();
        QVERIFY(!action->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(m_stage->steps(), std::size_t{2}, Patience);
        QVERIFY(isNear(m_stage->mask().box(), box, wanted == MaskCommand::Feather ? 3 : 1));
        QVERIFY(!m_stage->painting.commands().cancel()->isEnabled());
    }

    void aCommandCanBeCancelled()
    {
        const Mask before = rectangleMask(size, {400, 50, 100, 100});
        m_stage->editor.setActiveMask("old", before);
        MaskCommands& commands = m_stage->painting.commands();
        commands.at(MaskCommand::Refine)->trigger();
        QVERIFY(commands.cancel()->isEnabled());
        commands.cancel()->trigger();
        QVERIFY(commands.at(MaskCommand::Grow)->isEnabled());
        commands.at(MaskCommand::Grow)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_stage->steps(), std::size_t{2}, Patience);
        QCOMPARE(m_stage->mask(), grownBy(before, commands.amounts().radius));
    }

    void aCommandsResultForAnotherMaskIsDropped()
    {
        m_stage->editor.setActiveMask("old", rectangleMask(size, {400, 50, 100, 100}));
        MaskCommands& commands = m_stage->painting.commands();
        commands.at(MaskCommand::Grow)->trigger();
        m_stage->editor.undo();
        QTRY_VERIFY_WITH_TIMEOUT(!commands.cancel()->isEnabled(), Patience);
        QVERIFY(m_stage->mask().empty());
    }

    void selectsWhatAHeadLooksAt()
    {
        MaskCommands& commands = m_stage->painting.commands();
        QVERIFY(commands.at(MaskCommand::HeadLooksAt)->isEnabled());
        commands.at(MaskCommand::HeadLooksAt)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_stage->steps(), std::size_t{1}, Patience);
        const std::size_t half = countOf(m_stage->mask());
        QVERIFY(half > 0);
        MaskAmounts amounts = commands.amounts();
        amounts.share = 0.1;
        commands.setAmounts(amounts);
        commands.at(MaskCommand::HeadLooksAt)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_stage->steps(), std::size_t{2}, Patience);
        QVERIFY(countOf(m_stage->mask()) < half);
        m_stage->explanation.decoding.reset();
        m_stage->view.setExplanation(m_stage->explanation, 0);
        QVERIFY(!commands.at(MaskCommand::HeadLooksAt)->isEnabled());
    }

private:
    std::unique_ptr<PaintingStage> m_stage;
};

QTEST_MAIN(TestMaskCommands)
#include "test_mask_commands.moc"
