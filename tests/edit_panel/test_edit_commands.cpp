// SPDX-License-Identifier: GPL-3.0-or-later
#include <QToolButton>
#include <QtTest>

#include "core/edit/operation_fields.h"
#include "tests/window/window_fixture.h"
#include "ui/edit_panel/edit_panel.h"
#include "ui/edit_panel/selected_edit_form.h"
#include "ui/tools/painting.h"

using namespace ocellus;

namespace {

Mask wholeOf(const PictureEditor& editor)
{
    return Mask::whole(editor.pictureSize());
}

} // namespace

class TestEditCommands : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(m_fixture->openAll());
    }

    void cleanup() { m_fixture.reset(); }

    void nothingToUndo()
    {
        for (const Command command : {Command::Undo, Command::Redo, Command::DeleteEdit, Command::CopyEdits,
                                      Command::PasteEdits, Command::ResetEdits})
            QVERIFY(!m_fixture->action(command)->isEnabled());
        QCOMPARE(m_fixture->action(Command::Undo)->text(), "&Undo");
    }

    void stepsAreNamed()
    {
        editor().perform({"Black & white", {SetSelection{wholeOf(editor())}}});
        press(Blur{});
        QAction* undo = m_fixture->action(Command::Undo);
        QAction* redo = m_fixture->action(Command::Redo);
        QCOMPARE(undo->text(), "&Undo Blur");
        undo->trigger();
        QCOMPARE(undo->text(), "&Undo Black && white");
        QCOMPARE(redo->text(), "&Redo Blur");
        undo->trigger();
        QVERIFY(!undo->isEnabled());
        QCOMPARE(redo->text(), "&Redo Black && white");
        redo->trigger();
        redo->trigger();
        QVERIFY(!redo->isEnabled());
        QCOMPARE(editor().state().edits.size(), std::size_t{1});
        QTRY_VERIFY(m_fixture->answer().result().isEdited());
        QVERIFY(m_fixture->settle());
    }

    void editsAreCopiedPastedAndReset()
    {
        press(Brightness{});
        press(Contrast{});
        m_fixture->action(Command::CopyEdits)->trigger();
        m_fixture->action(Command::ResetEdits)->trigger();
        QVERIFY(editor().state().edits.empty());
        editor().undo();
        QCOMPARE(editor().state().edits.size(), std::size_t{2});
        m_fixture->document().setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        QVERIFY(editor().state().edits.empty());
        m_fixture->action(Command::PasteEdits)->trigger();
        QCOMPARE(editor().state().edits.size(), std::size_t{2});
        QCOMPARE(editor().history().stepCount(), std::size_t{1});
        editor().selectEdit(0);
        m_fixture->action(Command::DeleteEdit)->trigger();
        QCOMPARE(editor().state().edits.size(), std::size_t{1});
        QVERIFY(m_fixture->settle());
    }

    void editsOfAnotherSizeAreRefused()
    {
        editor().setActiveMask("Select", wholeOf(editor()));
        press(Blur{});
        m_fixture->action(Command::CopyEdits)->trigger();
        editor().perform({"Crop", {InsertEdit{1, {"Crop", {}, Crop{{0, 0, 9, 9}}, true}}}});
        m_fixture->action(Command::PasteEdits)->trigger();
        QCOMPARE(editor().state().edits.size(), std::size_t{2});
        QVERIFY2(m_fixture->message().contains("size"), qPrintable(m_fixture->message()));
        QVERIFY(m_fixture->settle());
    }

    void aToolBringsThePanelToTheFront()
    {
        m_fixture->window().show();
        QVERIFY(panel().visibleRegion().isEmpty());
        m_fixture->window().painting().tools().choose(ToolKind::Brush);
        QTRY_VERIFY(!panel().visibleRegion().isEmpty());
    }

    void theColourPickerGivesItsColour()
    {
        editor().setActiveMask("Select", wholeOf(editor()));
        press(TakeColour{});
        emit panel().selectedEdit()->colourPickRequested();
        QCOMPARE(m_fixture->window().painting().tools().kind(), ToolKind::ColourPicker);
        emit m_fixture->window().painting().colourPicked({10, 200, 30});
        QCOMPARE(std::get<TakeColour>(editor().state().edits[0].operation).colour, (Rgb{10, 200, 30}));
        QVERIFY(m_fixture->settle());
    }

    void aPatchComesFromAnotherPicture()
    {
        editor().setActiveMask("Select",
                               Mask(editor().pictureSize(), {2, 2, 5, 5}, std::vector<std::uint8_t>(25, 255)));
        press(CopyPatch{});
        const auto source = [&] { return std::get<CopyPatch>(editor().state().edits[0].operation).source; };
        m_fixture->answers = {m_fixture->write("no.png", "no picture")};
        emit panel().selectedEdit()->patchSourceRequested();
        QTRY_VERIFY(m_fixture->message().contains("no.png"));
        QVERIFY(!source());
        m_fixture->answers = {m_fixture->picture(1)};
        emit panel().selectedEdit()->patchSourceRequested();
        QTRY_VERIFY(source());
        QCOMPARE(source()->rgb.size(), std::size_t{75});
        QVERIFY(m_fixture->settle());
    }

private:
    PictureEditor& editor() { return m_fixture->document().editor(); }
    EditPanel& panel() { return *m_fixture->window().findChild<EditPanel*>(); }

    void press(const Operation& operation)
    {
        const char* name = operationNames[operation.index()];
        panel().findChild<QToolButton*>(QLatin1String(name))->click();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestEditCommands)
#include "test_edit_commands.moc"
