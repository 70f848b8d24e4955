// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

#include "core/edit/mask_shapes.h"
#include "core/session/session_reader.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/session/lost_work_dialog.h"
#include "ui/session/missing_files_dialog.h"
#include "ui/window/session_commands.h"

using namespace ocellus;

/// Sessions as their user meets them: saved, opened, moved, lost and found again.
class TestSessions : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(m_fixture->openAll());
        QTRY_VERIFY(document().editor().isReady());
    }

    void whatIsNoSessionIsToldAndChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("another format") << QByteArray(R"({"format": "cooking"})");
        QTest::newRow("newer") << QByteArray(R"({"format": "ocellus session", "schema": 99})");
        QTest::newRow("deep") << QByteArray(200'000, '[');
    }

    void whatIsNoSessionIsToldAndChangesNothing()
    {
        QFETCH(QByteArray, content);
        QSignalSpy failed(&sessions(), &SessionCommands::failed);
        const auto decoding = answer().result().decoding;
        sessions().open(toPath(m_fixture->write(QStringLiteral("bad.ocellus"), content)));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(m_fixture->message().contains(QStringLiteral("bad.ocellus")));
        QCOMPARE(answer().result().decoding, decoding);
        QVERIFY(sessions().work().file().empty());
    }

    void savingAndOpeningGivesTheWorkBack()
    {
        edit();
        const LimitChoice limit{LimitChoice::Kind::Zero, {1, 3}};
        document().setLimit(limit);
        document().setCurrentClass(3);
        document().setHead(2);
        document().headNotes().write(3, 2, QStringLiteral("tail pattern"));
        QTRY_VERIFY(!answer().isStale());
        const auto logits = answer().result().decoding->logits();
        const PictureEdits edits = document().editor().state();
        QVERIFY(sessions().work().isUnsaved());
        save(QStringLiteral("work.ocellus"));
        QVERIFY(!sessions().work().isUnsaved());

        m_fixture->makeWindow();
        open(QStringLiteral("work.ocellus"));
        QTRY_VERIFY(answer().result().decoding && !answer().isStale());
        QCOMPARE(document().pictures().rowCount(), static_cast<int>(WindowFixture::Pictures));
        QCOMPARE(document().editor().state(), edits);
        QTRY_COMPARE(document().limit(), limit);
        QTRY_COMPARE(document().currentClass(), 3);
        QCOMPARE(document().head(), 2);
        QTRY_COMPARE(document().headNotes().text(3, 2), QStringLiteral("tail pattern"));
        QTRY_VERIFY(!answer().isStale() && answer().result().decoding->querySet().mode == LimitMode::Zero);
        QCOMPARE(answer().result().decoding->logits(), logits);
        QVERIFY(!sessions().work().isUnsaved());
    }

    /// The list would say of an edited picture what the model said of the file.
    void editedPicturesAreAskedAboutWithoutAVisit()
    {
        document().setCurrentPicture(0);
        QTRY_VERIFY(!answer().isStale() && document().editor().isReady());
        edit();
        const auto taken = [this] {
            return document().pictures().index(0).data(PictureListModel::EditedPredictionRole).toString();
        };
        QTRY_VERIFY(!taken().isEmpty());
        const QString before = taken();
        document().setCurrentPicture(1);
        QTRY_VERIFY(!answer().isStale());
        save(QStringLiteral("work.ocellus"));
        m_fixture->makeWindow();
        open(QStringLiteral("work.ocellus"));
        QTRY_COMPARE(taken(), before);
        QCOMPARE(document().currentPicture(), 1);
    }

    /// The old session says what it says of its own model.
    void aSessionOfAnotherModelIsNotOverwrittenByDefault()
    {
        edit();
        save(QStringLiteral("work.ocellus"));
        const QByteArray old = content(QStringLiteral("work.ocellus"));
        document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QTRY_COMPARE(document().classCount(), static_cast<int>(WindowFixture::OtherClasses));
        QTRY_VERIFY(m_fixture->window().windowTitle().contains("another model"));
        QTRY_VERIFY(sessions().work().isUnsaved());
        const QString own = m_fixture->path(QStringLiteral("own.ocellus"));
        m_fixture->answers = {own};
        QVERIFY(!m_fixture->window().close());
        QTRY_VERIFY(question());
        QVERIFY(question()->text().contains("work.ocellus"));
        QVERIFY(question()->defaultButton()->text().remove('&').startsWith("Save as"));
        QVERIFY(button(question(), QStringLiteral("Replace work.ocellus")));
        question()->defaultButton()->click();
        QTRY_VERIFY(!m_fixture->window().isVisible());
        QVERIFY(QFile::exists(own));
        QCOMPARE(content(QStringLiteral("work.ocellus")), old);
    }

    void aSessionOfAnotherModelCanBeLeftAsItIs()
    {
        edit();
        save(QStringLiteral("work.ocellus"));
        const QByteArray old = content(QStringLiteral("work.ocellus"));
        document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QTRY_COMPARE(document().classCount(), static_cast<int>(WindowFixture::OtherClasses));
        QTRY_VERIFY(sessions().work().isUnsaved());
        QVERIFY(!m_fixture->window().close());
        QTRY_VERIFY(question());
        question()->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(!m_fixture->window().isVisible());
        QCOMPARE(content(QStringLiteral("work.ocellus")), old);
    }

    void theNumbersThatWereShownAreInTheFile()
    {
        edit();
        save(QStringLiteral("work.ocellus"));
        const Session session = readSession(toPath(m_fixture->path(QStringLiteral("work.ocellus"))));
        QCOMPARE(session.results.size(), std::size_t{1}); // the numbers of before the edit are gone
        QCOMPARE(session.results.front().logits, answer().result().decoding->logits());
        QCOMPARE(session.pictures.size(), std::size_t{WindowFixture::Pictures});
    }

    void movedFilesAreAskedFor()
    {
        edit();
        save(QStringLiteral("work.ocellus"));
        const QString elsewhere = m_fixture->path(QStringLiteral("elsewhere"));
        QVERIFY(QDir().rename(m_fixture->path(QStringLiteral("pictures")), elsewhere));
        m_fixture->makeWindow();
        sessions().open(toPath(m_fixture->path(QStringLiteral("work.ocellus"))));
        QTRY_VERIFY(missing());
        QCOMPARE(missing()->findChild<QTreeWidget*>()->topLevelItemCount(), static_cast<int>(WindowFixture::Pictures));
        // Where they are not is said.
        m_fixture->answers = {m_fixture->path(QStringLiteral("nowhere"))};
        button(missing(), QStringLiteral("Look"))->click();
        QTRY_VERIFY(summary().contains("Found below") && summary().contains("nowhere: 0 of"));
        m_fixture->answers = {elsewhere};
        QSignalSpy opened(&sessions().work(), &SessionWork::opened);
        button(missing(), QStringLiteral("Look"))->click();
        QTRY_COMPARE(opened.count(), 1);
        QTRY_VERIFY(!missing());
        QTRY_VERIFY(answer().result().decoding && !answer().isStale());
        QVERIFY(toQString(document().pictures().path(0)).startsWith(elsewhere));
        QVERIFY(answer().result().isEdited());
    }

    void withoutItsPicturesASessionCanStillBeOpened()
    {
        document().setCurrentPicture(1);
        QTRY_VERIFY(!answer().isStale() && document().editor().isReady());
        edit();
        save(QStringLiteral("work.ocellus"));
        QVERIFY(QFile::remove(m_fixture->picture(0)));
        m_fixture->makeWindow();
        QSignalSpy opened(&sessions().work(), &SessionWork::opened);
        sessions().open(toPath(m_fixture->path(QStringLiteral("work.ocellus"))));
        QTRY_VERIFY(missing());
        button(missing(), QStringLiteral("Open"))->click();
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(document().pictures().rowCount(), WindowFixture::Pictures - 1);
        QCOMPARE(toQString(document().pictures().path(document().currentPicture())), m_fixture->picture(1));
        QTRY_VERIFY(answer().result().decoding && !answer().isStale());
        QVERIFY(answer().result().isEdited());
    }

    void closingAsksForUnsavedWork()
    {
        edit();
        QVERIFY(!m_fixture->window().close());
        QTRY_VERIFY(question());
        question()->button(QMessageBox::Cancel)->click();
        QVERIFY(m_fixture->window().isVisible());
        QTRY_VERIFY(!question());

        m_fixture->answers = {m_fixture->path(QStringLiteral("closing.ocellus"))};
        QVERIFY(!m_fixture->window().close());
        QTRY_VERIFY(question());
        question()->button(QMessageBox::Save)->click();
        QTRY_VERIFY(!m_fixture->window().isVisible());
        QVERIFY(QFile::exists(m_fixture->path(QStringLiteral("closing.ocellus"))));
    }

    void discardedWorkIsNotOfferedAgain()
    {
        edit();
        QVERIFY(!m_fixture->window().close());
        QTRY_VERIFY(question());
        question()->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(!m_fixture->window().isVisible());
        QTRY_COMPARE(journals(), 0);
    }

    void lostWorkIsOfferedBack()
    {
        edit();
        const PictureEdits edits = document().editor().state();
        QTRY_COMPARE(journals(), 1);
        m_fixture->makeWindow(); // the window before ends without a question, as when it is killed
        QTRY_VERIFY(lost());
        QSignalSpy opened(&sessions().work(), &SessionWork::opened);
        button(lost(), QStringLiteral("Restore"))->click();
        QTRY_COMPARE(opened.count(), 1);
        QTRY_VERIFY(answer().result().decoding && !answer().isStale());
        QCOMPARE(document().editor().state(), edits);
        QVERIFY(answer().result().isEdited());
        QVERIFY(sessions().work().isUnsaved());
        QTRY_COMPARE(journals(), 1);
    }

    void picturesThatWereOnlyLookedAtAreNoLostWork()
    {
        m_fixture->makeWindow();
        QSignalSpy found(&sessions().work(), &SessionWork::lostWorkFound);
        QVERIFY(m_fixture->openAll());
        QCOMPARE(found.count(), 0);
        QTRY_COMPARE(journals(), 1); // of this window: the one before is gone
        QVERIFY(m_fixture->window().close());
    }

    void undoingWhatAFileHasIsLostWorkToo()
    {
        edit();
        save(QStringLiteral("work.ocellus"));
        document().editor().undo();
        m_fixture->makeWindow();
        QTRY_VERIFY(lost());
        QSignalSpy opened(&sessions().work(), &SessionWork::opened);
        button(lost(), QStringLiteral("Restore"))->click();
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(document().editor().state(), PictureEdits());
        QCOMPARE(toQString(sessions().work().file().filename()), QStringLiteral("work.ocellus"));
        QVERIFY(sessions().work().isUnsaved());
    }

    void historiesLongerThanMemoryAreUndoneFromTheJournal()
    {
        PictureEditor& editor = document().editor();
        edit();
        const PictureEdits first = editor.state();
        for (int i = 0; i < 1'000; ++i)
            editor.setActiveMask(QStringLiteral("Brush"), square(i % 40));
        QCOMPARE(editor.history().stepCount(), std::size_t{1'001});
        editor.goTo(1);
        QCOMPARE(editor.state(), first);
        QTRY_VERIFY(!answer().isStale());
    }

private:
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }
    SessionCommands& sessions() { return m_fixture->window().sessions(); }
    MissingFilesDialog* missing() { return m_fixture->window().findChild<MissingFilesDialog*>(); }
    QString summary() { return missing() ? missing()->findChild<QLabel*>()->text() : QString(); }
    LostWorkDialog* lost() { return m_fixture->window().findChild<LostWorkDialog*>(); }
    QMessageBox* question() { return m_fixture->window().findChild<QMessageBox*>(); }
    int journals()
    {
        return static_cast<int>(QDir(m_fixture->settings().recoveryFolder()).entryList(QDir::Files).size());
    }

    static QPushButton* button(QWidget* dialog, const QString& word)
    {
        for (QPushButton* button : dialog->findChildren<QPushButton*>())
            if (button->text().remove('&').startsWith(word))
                return button;
        return nullptr;
    }

    QByteArray content(const QString& name)
    {
        QFile file(m_fixture->path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    Mask square(int left) { return rectangleMask(document().editor().pictureSize(), {double(left), 4, 20, 20}); }

    void edit()
    {
        document().editor().addEdit({"Fill", square(5), MeanFill{MeanFill::Of::Picture}});
        QTRY_VERIFY(!answer().isStale() && answer().result().isEdited());
    }

    void save(const QString& name)
    {
        QSignalSpy saved(&sessions().work(), &SessionWork::saved);
        m_fixture->answers = {m_fixture->path(name)};
        m_fixture->action(Command::SaveSessionAs)->trigger();
        QTRY_COMPARE(saved.count(), 1);
    }

    void open(const QString& name)
    {
        QSignalSpy opened(&sessions().work(), &SessionWork::opened);
        sessions().open(toPath(m_fixture->path(name)));
        QTRY_COMPARE(opened.count(), 1);
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestSessions)
#include "test_sessions.moc"
