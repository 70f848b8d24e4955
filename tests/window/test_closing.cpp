// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTreeWidget>

#include "tests/window/session_steps.h"
#include "ui/session/lost_work_dialog.h"

using namespace ocellus;

/// Closing while something is asked, written or changed; and what becomes of work that is discarded.
class TestClosing : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<SessionSteps> m_steps;

    MainWindow& window() { return m_fixture->window(); }
    SessionSteps& steps() { return *m_steps; }
    LostWorkDialog* lost() { return window().findChild<LostWorkDialog*>(); }

    void pressWhenAsked(const QString& word)
    {
        QTRY_VERIFY(steps().question());
        QVERIFY(SessionSteps::press(steps().question(), word));
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>();
        m_steps = std::make_unique<SessionSteps>(*m_fixture);
        QVERIFY(steps().openPictures());
    }

    void anEditWhileTheFileIsWrittenIsAskedFor()
    {
        steps().edit();
        QVERIFY(steps().save());
        steps().edit(10);
        QSignalSpy saved(&steps().work(), &SessionWork::saved);
        QVERIFY(!window().close());
        pressWhenAsked(QStringLiteral("Save"));
        steps().edit(15); // before the answer of the thread that writes
        QTRY_COMPARE(saved.count(), 1);
        QTRY_VERIFY(steps().question());
        QVERIFY(window().isVisible());
        QCOMPARE(readSession(steps().file()).pictures[0].edits.edits.size(), std::size_t{2});
        QVERIFY(steps().work().isUnsaved());
        pressWhenAsked(QStringLiteral("Save"));
        QTRY_VERIFY(!window().isVisible());
        QCOMPARE(readSession(steps().file()).pictures[0].edits.edits.size(), std::size_t{3});
        QTRY_COMPARE(steps().journals(), 0);
    }

    void whatWasCancelledIsNotDoneLater()
    {
        steps().edit();
        QVERIFY(!window().close());
        m_fixture->answers.clear();
        pressWhenAsked(QStringLiteral("Save")); // and cancels the file dialog
        QTRY_VERIFY(!steps().question());
        QVERIFY(steps().save());
        QCoreApplication::processEvents();
        QVERIFY(window().isVisible());
        steps().edit(10);
        QVERIFY(!window().close());
        pressWhenAsked(QStringLiteral("Cancel"));
        QTRY_VERIFY(!steps().question());
        QSignalSpy saved(&steps().work(), &SessionWork::saved);
        m_fixture->action(Command::SaveSession)->trigger();
        QTRY_COMPARE(saved.count(), 1);
        QCoreApplication::processEvents();
        QVERIFY(window().isVisible());
    }

    void whatCannotBeWrittenKeepsTheWindow()
    {
        steps().edit();
        m_fixture->answers = {m_fixture->path(QStringLiteral("no/such/folder/work.ocellus"))};
        QSignalSpy failed(&steps().sessions(), &SessionCommands::failed);
        QVERIFY(!window().close());
        pressWhenAsked(QStringLiteral("Save"));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(window().isVisible() && steps().work().isUnsaved());
        QVERIFY(steps().save()); // and what failed does not close it now
        QCoreApplication::processEvents();
        QVERIFY(window().isVisible());
    }

    void closingWaitsForWhatIsBeingWritten()
    {
        steps().edit();
        QVERIFY(steps().save());
        steps().edit(10);
        m_fixture->action(Command::SaveSession)->trigger();
        QVERIFY(!window().close());
        QTRY_VERIFY(!window().isVisible());
        QCOMPARE(readSession(steps().file()).pictures[0].edits.edits.size(), std::size_t{2});
    }

    void closingTwiceAsksOnce()
    {
        steps().edit();
        QVERIFY(!window().close());
        QVERIFY(!window().close());
        QCOMPARE(window().findChildren<QMessageBox*>().size(), 1);
        pressWhenAsked(QStringLiteral("Cancel"));
        QVERIFY(!window().close()); // before the first question is gone
        QTRY_VERIFY(steps().question() && steps().question()->isVisible());
    }

    void doesNotWaitForHashes()
    {
        // Sparse: sixteen terabytes that nobody can read in time.
        QFile huge(m_fixture->picture(1));
        QVERIFY(huge.open(QIODevice::ReadWrite));
        if (!huge.resize(qint64{1} << 44))
            QVERIFY(huge.resize(qint64{1} << 40));
        huge.close();
        steps().work().save(steps().file());
        m_fixture.reset();
        QVERIFY(!m_fixture);
    }

    void discardedWorkCanBeHadBack()
    {
        steps().edit();
        const PictureEdits edits = m_fixture->document().editor().state();
        QVERIFY(!window().close());
        pressWhenAsked(QStringLiteral("Discard"));
        QTRY_VERIFY(!window().isVisible());
        QTRY_COMPARE(steps().journals(), 0);
        QTRY_COMPARE(steps().discardedJournals(), 1);

        m_fixture->makeWindow();
        m_fixture->action(Command::DiscardedWork)->trigger();
        QTRY_VERIFY(lost());
        QSignalSpy opened(&steps().work(), &SessionWork::opened);
        QVERIFY(SessionSteps::press(lost(), QStringLiteral("Restore")));
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(m_fixture->document().editor().state(), edits);
        QVERIFY(steps().work().isUnsaved());
        QTRY_COMPARE(steps().discardedJournals(), 0);
    }

    void whatAnotherSessionReplacesCanBeHadBack()
    {
        steps().edit();
        QVERIFY(steps().save());
        steps().edit(10);
        steps().sessions().open(steps().file());
        QSignalSpy opened(&steps().work(), &SessionWork::opened);
        pressWhenAsked(QStringLiteral("Discard"));
        QTRY_COMPARE(opened.count(), 1);
        QTRY_COMPARE(steps().discardedJournals(), 1);
        QVERIFY(!steps().work().isUnsaved());
    }

    void aSecondClickDiscardsNoOtherWork()
    {
        for (int i = 0; i < 2; ++i) {
            steps().edit();
            m_fixture->makeWindow(); // the window before ends as when it is killed
            QTRY_VERIFY(lost());
            if (i == 0) {
                QVERIFY(SessionSteps::press(lost(), QStringLiteral("Later")));
                QTRY_VERIFY(!lost());
                QVERIFY(steps().openPictures());
            }
        }
        QCOMPARE(lost()->findChild<QTreeWidget*>()->topLevelItemCount(), 2);
        QVERIFY(SessionSteps::press(lost(), QStringLiteral("Discard")));
        QVERIFY(SessionSteps::press(lost(), QStringLiteral("Discard")));
        QCOMPARE(lost()->findChild<QTreeWidget*>()->topLevelItemCount(), 1);
        QVERIFY(!lost()->focusWidget() || !qobject_cast<QPushButton*>(lost()->focusWidget()));
        QTRY_COMPARE(steps().discardedJournals(), 1);
    }

    void theTrashIsEmptiedWhenAskedTwice()
    {
        steps().edit();
        QVERIFY(!window().close());
        pressWhenAsked(QStringLiteral("Discard"));
        QTRY_COMPARE(steps().discardedJournals(), 1);
        m_fixture->makeWindow();
        m_fixture->action(Command::DiscardedWork)->trigger();
        QTRY_VERIFY(lost());
        QVERIFY(SessionSteps::press(lost(), QStringLiteral("Delete")));
        QTRY_VERIFY(lost()->findChild<QMessageBox*>());
        QCOMPARE(steps().discardedJournals(), 1);
        QVERIFY(SessionSteps::press(lost()->findChild<QMessageBox*>(), QStringLiteral("Delete")));
        QTRY_COMPARE(steps().discardedJournals(), 0);
    }
};

QTEST_MAIN(TestClosing)
#include "test_closing.moc"
