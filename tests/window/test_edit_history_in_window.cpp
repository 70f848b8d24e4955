// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include <QTest>

#include "core/edit/apply.h"
#include "core/image/decode.h"
#include "tests/window/random_editing.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/engine/picture_image.h"

using namespace ocellus;

namespace {

/// Which steps of a picture were done, by the editor's signals alone.
struct DoneSteps {
    std::vector<EditStep> steps;
    std::size_t done = 0;

    PictureEdits replayed() const
    {
        PictureEdits state;
        for (std::size_t i = 0; i < done; ++i)
            changeEdits(state, steps[i].changes);
        return state;
    }
};

} // namespace

/// Whatever is done and undone in the window, its pictures are their files with the steps of now.
class TestEditHistoryInWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_fixture.openAll());
        QTRY_VERIFY(editor().isReady());
        connect(&editor(), &PictureEditor::performed, this, [this](const auto& picture, const EditStep& step) {
            DoneSteps& known = m_steps[picture];
            known.steps.resize(known.done);
            known.steps.push_back(step);
            ++known.done;
        });
        connect(&editor(), &PictureEditor::undone, this, [this](const auto& picture) { --m_steps[picture].done; });
        connect(&editor(), &PictureEditor::redone, this, [this](const auto& picture) { ++m_steps[picture].done; });
        connect(&editor(), &PictureEditor::wentTo, this, [this](const auto& picture, std::size_t position) {
            DoneSteps& known = m_steps[picture];
            known.done = std::min(position, known.steps.size());
        });
        connect(&document(), &Document::failed, this, [this](const Failure& failure) { m_failure = failure.detail; });
    }

    void aThousandRandomOperationsEqualTheirReplay()
    {
        RandomEditing editing(1);
        for (int i = 0; i < 1'000; ++i) {
            if (editing.random().chance(0.02)) {
                document().setCurrentPicture(editing.random().below(WindowFixture::Pictures));
                QTRY_VERIFY(editor().isReady());
            }
            editing.step(editor());
            QCOMPARE(m_failure, QString());
            const DoneSteps& known = m_steps[editor().picture()];
            QCOMPARE(editor().history().position(), known.done);
            QVERIFY(editor().state() == known.replayed());
            QCoreApplication::processEvents();
            if (i % 40 == 0)
                QTRY_COMPARE(answer().explanationOnScreen().picture, edited());
        }
    }

    void everyPictureEqualsItsReplay()
    {
        for (int row = 0; row < WindowFixture::Pictures; ++row) {
            document().setCurrentPicture(row);
            QTRY_VERIFY(editor().isReady() && !answer().isStale());
            const DoneSteps& known = m_steps[editor().picture()];
            QVERIFY(!known.steps.empty());
            QVERIFY(editor().state() == known.replayed());
            QCOMPARE(answer().explanation().picture, edited());
        }
    }

    void undoneWhollyTheyAreTheirFiles()
    {
        for (int row = 0; row < WindowFixture::Pictures; ++row) {
            document().setCurrentPicture(row);
            QTRY_VERIFY(editor().isReady());
            while (editor().history().canUndo())
                editor().undo();
            QVERIFY(editor().state() == PictureEdits());
            QTRY_VERIFY(!answer().isStale());
            QCOMPARE(answer().explanation().picture, toImage(original()));
        }
        QCOMPARE(m_failure, QString());
    }

private:
    Document& document() { return m_fixture.document(); }
    LiveAnswer& answer() { return m_fixture.answer(); }
    PictureEditor& editor() { return document().editor(); }
    Picture original() { return decodePicture(editor().picture(), {}); }
    QImage edited() { return toImage(applyEdits(original(), editor().state().edits)); }

    WindowFixture m_fixture;
    std::map<std::filesystem::path, DoneSteps> m_steps;
    QString m_failure;
};

QTEST_MAIN(TestEditHistoryInWindow)
#include "test_edit_history_in_window.moc"
