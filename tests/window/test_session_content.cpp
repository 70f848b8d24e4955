// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <filesystem>

#include <QAction>
#include <QDockWidget>
#include <QListView>
#include <QMenu>

#include "core/session/session_writer.h"
#include "tests/window/session_steps.h"
#include "ui/document/setting_groups.h"
#include "ui/panels/pictures_panel.h"
#include "ui/session/missing_files_dialog.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ocellus::LimitChoice)

namespace {

using Change = std::function<void(WindowFixture&)>;

/// A file with another's content and a later time, and its own again at the end.
class Overwritten {
public:
    Overwritten(const QString& file, const QString& content) : m_file(file)
    {
        QVERIFY(QFile::rename(file, file + ".kept"));
        QVERIFY(QFile::copy(content, file));
        std::filesystem::last_write_time(toPath(file),
                                         std::filesystem::last_write_time(toPath(file)) + std::chrono::hours(1));
    }
    ~Overwritten()
    {
        QFile::remove(m_file);
        QFile::rename(m_file + ".kept", m_file);
    }

private:
    QString m_file;
};

} // namespace

Q_DECLARE_METATYPE(Change)

/// What belongs to a session, and stays in it whatever is missing, removed or opened besides.
class TestSessionContent : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<SessionSteps> m_steps;

    Document& document() { return m_fixture->document(); }
    SessionSteps& steps() { return *m_steps; }

    QByteArray content() const
    {
        QFile file(m_fixture->path(QStringLiteral("work.ocellus")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    Session saved() { return readSession(steps().file()); }

    void openOtherModel()
    {
        document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        QTRY_COMPARE(document().classCount(), static_cast<int>(WindowFixture::OtherClasses));
        QVERIFY(m_fixture->settle());
    }

    bool look(int picture)
    {
        document().setCurrentPicture(picture);
        return QTest::qWaitFor([this] { return !m_fixture->answer().isStale(); }, 60'000) && m_fixture->settle();
    }

    /// In a window with the pictures, which are all there again.
    bool beginOpeningWithAMissingPicture()
    {
        const QString away = m_fixture->path(QStringLiteral("away.png"));
        if (!steps().save() || !QFile::rename(m_fixture->picture(1), away))
            return false;
        m_fixture->makeWindow();
        if (!m_fixture->openAll())
            return false;
        QSignalSpy missing(&steps().work(), &SessionWork::filesMissing);
        steps().work().open(steps().file());
        return QTest::qWaitFor([&missing] { return missing.count() == 1; }, 60'000) &&
               QFile::rename(away, m_fixture->picture(1));
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>();
        m_steps = std::make_unique<SessionSteps>(*m_fixture);
        QVERIFY(steps().openPictures());
    }

    void anotherModelDoesNotTakeTheFileSilently()
    {
        steps().edit();
        QVERIFY(steps().save());
        const QByteArray before = content();
        openOtherModel();
        QVERIFY(m_fixture->window().isWindowModified());
        m_fixture->action(Command::SaveSession)->trigger();
        QTRY_VERIFY(steps().question());
        QVERIFY(SessionSteps::press(steps().question(), QStringLiteral("Cancel")));
        QTRY_VERIFY(!steps().question());
        QCOMPARE(content(), before);

        m_fixture->answers = {m_fixture->path(QStringLiteral("other.ocellus"))};
        QSignalSpy written(&steps().work(), &SessionWork::saved);
        m_fixture->action(Command::SaveSession)->trigger();
        QTRY_VERIFY(steps().question());
        QVERIFY(SessionSteps::press(steps().question(), QStringLiteral("Save as")));
        QTRY_COMPARE(written.count(), 1);
        QCOMPARE(content(), before);
        QCOMPARE(readSession(steps().file(QStringLiteral("other.ocellus"))).model->path,
                 toPath(m_fixture->otherCheckpoint()));
        QVERIFY(!m_fixture->window().isWindowModified());
    }

    void aSessionKeepsItsModelWhileThatIsLoaded()
    {
        QVERIFY(steps().save());
        openOtherModel();
        document().setLimit({LimitChoice::Kind::Drop, {5, 6}});
        QVERIFY(m_fixture->settle());
        // In the turn in which it was opened: its own model is on its way.
        QMetaObject::Connection once =
            connect(&steps().work(), &SessionWork::opened, this, [this] { steps().work().save(steps().file()); });
        QSignalSpy written(&steps().work(), &SessionWork::saved);
        steps().sessions().open(steps().file());
        QTRY_VERIFY(steps().question());
        QVERIFY(SessionSteps::press(steps().question(), QStringLiteral("Discard")));
        QTRY_COMPARE(written.count(), 1);
        disconnect(once);
        QCOMPARE(saved().model->path, toPath(m_fixture->checkpoint()));
        QVERIFY(saved().view.limit == QuerySet());
        QTRY_COMPARE(document().classCount(), static_cast<int>(WindowFixture::Classes));
        QVERIFY(m_fixture->settle());
        QVERIFY(!steps().work().isUnsaved());
    }

    void whatCountsAsWork_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("isWork");
        const auto row = [](const char* name, bool isWork, const Change& change) {
            QTest::newRow(name) << change << isWork;
        };
        row("head", false, [](WindowFixture& fixture) { fixture.document().setHead(1); });
        row("class", false, [](WindowFixture& fixture) { fixture.document().setCurrentClass(2); });
        row("picture", false, [](WindowFixture& fixture) { fixture.document().setCurrentPicture(2); });
        row("threads", false, [](WindowFixture& fixture) { fixture.settings().setValue(Setting::Threads, 1); });
        row("colours", false, [](WindowFixture& fixture) {
            DisplayChoice display = fixture.document().display();
            display.style.opacity = 0.25;
            fixture.document().setDisplay(display);
        });
        row("limit", true, [](WindowFixture& fixture) {
            fixture.document().setLimit({LimitChoice::Kind::Zero, {1, 2}});
        });
        row("filter", true, [](WindowFixture& fixture) {
            fixture.document().setLimit({LimitChoice::Kind::Filter, {1, 2}});
        });
        row("size", true, [](WindowFixture& fixture) { fixture.settings().setValue(Setting::ShortSide, 32); });
        row("EXIF", true, [](WindowFixture& fixture) { fixture.settings().setValue(Setting::IgnoreExif, true); });
        row("class names", true, [](WindowFixture& fixture) {
            fixture.document().loadClassTable(
                toPath(fixture.write(QStringLiteral("names.txt"), "one\ntwo\nthree\nfour\nfive\n")));
        });
        row("a picture less", true, [](WindowFixture& fixture) { fixture.document().removePicture(1); });
        row("a note", true,
            [](WindowFixture& fixture) { fixture.document().headNotes().write(1, 1, QStringLiteral("eye")); });
        row("an edit", true, [](WindowFixture& fixture) { SessionSteps(fixture).edit(); });
        row("by hand", true, [](WindowFixture& fixture) {
            fixture.document().setIntervention({fixture.document().currentClass(), {1}, {}});
        });
        row("a model", true,
            [](WindowFixture& fixture) { fixture.document().openCheckpoint(toPath(fixture.otherCheckpoint())); });
    }

    void whatCountsAsWork()
    {
        QFETCH(const Change, change);
        QFETCH(const bool, isWork);
        QVERIFY(steps().save());
        QVERIFY(!m_fixture->window().isWindowModified());
        change(*m_fixture);
        QVERIFY(m_fixture->settle());
        QTRY_COMPARE(m_fixture->window().isWindowModified(), isWork);
        QTRY_COMPARE(steps().journal().unsaved, isWork);
    }

    void limitsComeBackAsTheyWere_data()
    {
        QTest::addColumn<LimitChoice>("limit");
        using Kind = LimitChoice::Kind;
        for (const auto& [name, kind] :
             {std::pair("all", Kind::All), {"zero", Kind::Zero}, {"drop", Kind::Drop}, {"filter", Kind::Filter}}) {
            QTest::addRow("%s of none", name) << LimitChoice{kind, {}};
            QTest::addRow("%s of two", name) << LimitChoice{kind, {3, 1}};
        }
    }

    void limitsComeBackAsTheyWere()
    {
        QFETCH(const LimitChoice, limit);
        document().setLimit(limit);
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        const SessionView view = saved().view;
        QCOMPARE(view.filter, limit.kind == LimitChoice::Kind::Filter);
        const bool isLimit = limit.kind == LimitChoice::Kind::Zero || limit.kind == LimitChoice::Kind::Drop;
        QCOMPARE(view.limit.mode != LimitMode::All, isLimit);
        m_fixture->makeWindow();
        QVERIFY(steps().open());
        QTRY_COMPARE(document().limit(), limit);
    }

    void aPictureThatIsGoneStaysInTheSession()
    {
        document().setCurrentPicture(1);
        QTRY_VERIFY(document().editor().isReady() && m_fixture->settle());
        steps().edit();
        QVERIFY(steps().save());
        const SessionPicture before = saved().pictures[1];
        QVERIFY(QFile::remove(m_fixture->picture(1)));
        QVERIFY(QFile::remove(m_fixture->picture(2)));
        steps().edit(10);
        QVERIFY(steps().save());
        QVERIFY2(m_fixture->message().contains(QStringLiteral("picture1.png")), qPrintable(m_fixture->message()));
        QCOMPARE(saved().pictures[1].file, before.file);
        QCOMPARE(saved().pictures[1].edits.edits.size(), std::size_t{2});
    }

    void aPictureThatIsGoneBeforeTheFirstSaveIsSavedToo()
    {
        QVERIFY(QFile::remove(m_fixture->picture(1)));
        QVERIFY(steps().save());
        QVERIFY(saved().pictures[1].file.sha256.empty());
        QCOMPARE(saved().pictures.size(), std::size_t{WindowFixture::Pictures});
    }

    void whatASessionIsOpenedWithoutStaysInItsFile()
    {
        document().setCurrentPicture(1);
        QTRY_VERIFY(document().editor().isReady() && m_fixture->settle());
        steps().edit();
        QVERIFY(steps().save());
        const SessionPicture before = saved().pictures[1];
        QVERIFY(QFile::rename(m_fixture->picture(1), m_fixture->path(QStringLiteral("away.png"))));
        m_fixture->makeWindow();
        QSignalSpy opened(&steps().work(), &SessionWork::opened);
        steps().sessions().open(steps().file());
        QTRY_VERIFY(m_fixture->window().findChild<MissingFilesDialog*>());
        QVERIFY(SessionSteps::press(m_fixture->window().findChild<MissingFilesDialog*>(), QStringLiteral("Open")));
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(!steps().work().isUnsaved());
        document().setCurrentPicture(0);
        QTRY_VERIFY(document().editor().isReady());
        steps().edit(10);
        QVERIFY(steps().save());
        QCOMPARE(saved().pictures.size(), std::size_t{WindowFixture::Pictures});
        QCOMPARE(saved().pictures.back(), before);
        QCOMPARE(steps().journal().session.pictures.size(), std::size_t{WindowFixture::Pictures});

        QVERIFY(QFile::rename(m_fixture->path(QStringLiteral("away.png")), m_fixture->picture(1)));
        m_fixture->window().pictures().open({toPath(m_fixture->picture(1))});
        QTRY_COMPARE(document().pictures().rowCount(), static_cast<int>(WindowFixture::Pictures));
        QCOMPARE(document().editor().historyOf(toPath(m_fixture->picture(1))).state(), before.edits);
        QCOMPARE(steps().journal().session.pictures.back().edits, before.edits);
    }

    void removingAPictureIsUndone()
    {
        steps().edit();
        const PictureEdits edits = document().editor().state();
        QAction* remove = nullptr;
        for (const QListView* list : m_fixture->window().findChild<PicturesPanel*>()->findChildren<QListView*>())
            for (QAction* action : list->actions())
                if (action->shortcut() == QKeySequence(QKeySequence::Delete))
                    remove = action;
        QVERIFY(remove);
        remove->trigger();
        QCOMPARE(document().pictures().rowCount(), WindowFixture::Pictures - 1);
        QVERIFY(m_fixture->message().contains(QStringLiteral("picture0.png")));
        QCOMPARE(steps().journal().session.pictures.size(), std::size_t{WindowFixture::Pictures - 1});
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY(document().editor().isReady());
        steps().edit(10); // of another one
        m_fixture->action(Command::Undo)->trigger();
        QCOMPARE(document().pictures().rowCount(), WindowFixture::Pictures - 1);
        QVERIFY(m_fixture->action(Command::Undo)->text().contains(QStringLiteral("picture0.png")));
        m_fixture->action(Command::Undo)->trigger();
        QCOMPARE(document().pictures().path(0), toPath(m_fixture->picture(0)));
        QCOMPARE(document().currentPicture(), 0);
        QCOMPARE(document().editor().state(), edits);
        const ReplayedJournal replayed = steps().journal();
        QCOMPARE(replayed.session.pictures[0].edits, edits);
        QVERIFY(replayed.session.pictures[1].edits.edits.empty());
        m_fixture->action(Command::Undo)->trigger(); // the edit itself
        QVERIFY(document().editor().state().edits.empty());
    }

    /// Steps that are chosen in the list of them count as those that the menu undoes.
    void aJumpAmongTheStepsCountsForARemoval()
    {
        emit m_fixture->window().findChild<PicturesPanel*>()->removalRequested(2);
        QCOMPARE(document().pictures().rowCount(), WindowFixture::Pictures - 1);
        steps().edit(10);
        steps().edit(20);
        QAction* undo = m_fixture->action(Command::Undo);
        document().editor().goTo(0);
        QVERIFY(undo->isEnabled());
        QVERIFY2(undo->text().contains(QStringLiteral("picture2.png")), qPrintable(undo->text()));
        document().editor().goTo(2);
        QVERIFY2(!undo->text().contains(QStringLiteral("picture2.png")), qPrintable(undo->text()));
        undo->trigger();
        QCOMPARE(document().editor().history().position(), std::size_t{1});
        document().editor().goTo(0);
        undo->trigger();
        QCOMPARE(document().pictures().rowCount(), static_cast<int>(WindowFixture::Pictures));
    }

    void aRemovedPictureThatIsAddedAgainHasItsEdits()
    {
        steps().edit();
        const PictureEdits edits = document().editor().state();
        m_fixture->action(Command::RemovePicture)->trigger();
        m_fixture->window().pictures().open({toPath(m_fixture->picture(0))});
        QTRY_COMPARE(document().pictures().rowCount(), static_cast<int>(WindowFixture::Pictures));
        QCOMPARE(document().editor().state(), edits);
        QCOMPARE(steps().journal().session.pictures.back().edits, edits);
        QVERIFY(steps().save());
        QCOMPARE(saved().pictures.back().edits, edits);
    }

    void numbersThatStillHoldStayInTheFile()
    {
        QVERIFY(look(1));
        QVERIFY(look(2));
        QVERIFY(steps().save());
        const std::vector<StoredResult> before = saved().results;
        QCOMPARE(before.size(), std::size_t{3});
        m_fixture->makeWindow();
        QVERIFY(steps().open());
        steps().work().save(steps().file()); // its model is on its way
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        QVERIFY(saved().results == before);

        document().setCurrentPicture(0);
        document().removePicture(2);
        QTRY_VERIFY(document().editor().isReady() && m_fixture->settle());
        steps().edit();
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        QCOMPARE(saved().results.size(), std::size_t{2});
        QVERIFY(saved().results[0].edits != before[0].edits);
        QVERIFY(saved().results[1] == before[1]);

        m_fixture->settings().setValue(Setting::ShortSide, 32);
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        QCOMPARE(saved().results.size(), std::size_t{1}); // a session has one input
    }

    void numbersOfAChangedFileDoNotHold()
    {
        QVERIFY(look(1));
        QVERIFY(look(0)); // so that the other one is not looked at again
        QVERIFY(steps().save());
        QCOMPARE(saved().results.size(), std::size_t{2});
        m_fixture->makeWindow();
        QVERIFY(steps().open());
        QVERIFY(m_fixture->settle());
        QVERIFY(QFile::remove(m_fixture->picture(1)));
        QVERIFY(QFile::copy(m_fixture->picture(3), m_fixture->picture(1)));
        QVERIFY(steps().save());
        QCOMPARE(saved().results.size(), std::size_t{1});
    }

    /// They would stand beside the hash of what the file holds now.
    void numbersOfAFileWrittenSinceAreNotStored()
    {
        QVERIFY(look(1));
        QVERIFY(look(0));
        const Overwritten other(m_fixture->picture(1), m_fixture->picture(3));
        QVERIFY(steps().save());
        QCOMPARE(saved().results.size(), std::size_t{1});
        QCOMPARE(saved().results[0].picture, 0);
        QVERIFY(look(1)); // which reads it again
        QVERIFY(steps().save());
        QCOMPARE(saved().results.size(), std::size_t{2});
    }

    void aReportHasTheNumbersOfTheSessionThatWasOpened()
    {
        QVERIFY(look(1));
        QVERIFY(look(0));
        QVERIFY(steps().save());
        m_fixture->makeWindow();
        QVERIFY(steps().open());
        std::vector<std::size_t> counts;
        const auto count = [&counts](const Session& session) { counts.push_back(session.results.size()); };
        steps().work().collect(count); // its model is on its way
        QTRY_COMPARE(counts, std::vector<std::size_t>{2});
        QVERIFY(m_fixture->settle());
        steps().work().collect(count);
        QTRY_COMPARE(counts, (std::vector<std::size_t>{2, 2}));
        {
            const Overwritten other(m_fixture->picture(1), m_fixture->picture(3));
            steps().work().collect(count);
            QTRY_COMPARE(counts, (std::vector<std::size_t>{2, 2, 1}));
        }
    }

    void numbersOutliveAnEngine()
    {
        QVERIFY(look(1));
        m_fixture->settings().setValue(Setting::Threads, 1);
        QVERIFY(m_fixture->settle());
        QCOMPARE(steps().work().session().results.size(), std::size_t{2});
    }

    void savingThatEndsAfterASessionCameIsOfTheWorkBefore()
    {
        QVERIFY(beginOpeningWithAMissingPicture());
        QSignalSpy opened(&steps().work(), &SessionWork::opened), written(&steps().work(), &SessionWork::saved);
        steps().edit();
        steps().work().lookForFilesIn(toPath(m_fixture->path(QStringLiteral("pictures"))));
        steps().work().save(steps().file(QStringLiteral("before.ocellus")));
        QTRY_COMPARE(written.count(), 1);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(steps().work().file(), steps().file());
        QCOMPARE(readSession(steps().file(QStringLiteral("before.ocellus"))).pictures[0].edits.edits.size(),
                 std::size_t{1});
    }

    void openingIsGivenUpWhileFilesAreLookedFor()
    {
        QVERIFY(beginOpeningWithAMissingPicture());
        QSignalSpy opened(&steps().work(), &SessionWork::opened), missing(&steps().work(), &SessionWork::filesMissing);
        QSignalSpy looked(&steps().work(), &SessionWork::discardedWorkFound);
        steps().work().lookForFilesIn(toPath(m_fixture->path(QStringLiteral("pictures"))));
        steps().work().giveUpOpening();
        steps().work().findDiscardedWork(); // which comes after it
        QTRY_COMPARE(looked.count(), 1);
        QCOMPARE(opened.count() + missing.count(), 0);
        QVERIFY(steps().work().file().empty());
    }

    void discardedWorkKeepsItsOwnInput()
    {
        const int own = preprocessOptions(m_fixture->settings()).shortSide;
        m_fixture->settings().setValue(Setting::ShortSide, 32);
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        m_fixture->settings().setValue(Setting::ShortSide, own);
        steps().edit();
        QSignalSpy opened(&steps().work(), &SessionWork::opened),
            found(&steps().work(), &SessionWork::discardedWorkFound);
        steps().work().open(steps().file());
        QTRY_COMPARE(opened.count(), 1);
        QTRY_COMPARE(steps().discardedJournals(), 1);
        // The file is there a little before its last line.
        std::vector<LostWork> work;
        const auto find = [&] {
            if (!work.empty())
                return work.size(); // it is ours now: nobody finds it again
            found.clear();
            steps().work().findDiscardedWork();
            if (QTest::qWaitFor([&] { return !found.isEmpty(); }))
                work = found.first().first().value<std::vector<LostWork>>();
            return work.size();
        };
        QTRY_COMPARE(find(), std::size_t{1});
        QCOMPARE(work.at(0).content().session.input.preprocess.shortSide, own);
    }

    void whatWaitsForAModelIsNotOfAnotherOne()
    {
        const auto names = toPath(m_fixture->write(QStringLiteral("names.txt"), "a\nb\nc\nd\ne\nf\ng\n"));
        document().openCheckpoint(toPath(m_fixture->otherCheckpoint()));
        document().loadClassTable(names);
        document().openCheckpoint(toPath(m_fixture->checkpoint()));
        QVERIFY(m_fixture->settle());
        openOtherModel();
        QVERIFY(document().classTable().empty());
    }

    void namesOfOneSessionAreNoneOfTheNext()
    {
        QVERIFY(steps().save(QStringLiteral("plain.ocellus")));
        document().loadClassTable(toPath(m_fixture->write(QStringLiteral("names.txt"), "Ant\nBee\nCat\nDog\nEmu\n")));
        QTRY_VERIFY(document().classNames().areKnown());
        QVERIFY(steps().save());
        m_fixture->restart();
        QVERIFY(steps().open());
        QTRY_COMPARE(document().classNames().name(0), QStringLiteral("Ant"));
        QVERIFY(steps().open(QStringLiteral("plain.ocellus")));
        QVERIFY(!document().classNames().areKnown());
        QVERIFY(!steps().work().isUnsaved());
    }

    void aSessionOfNamesAloneIsTold()
    {
        Session session;
        session.classes = referenceTo(toPath(m_fixture->write(QStringLiteral("names.txt"), "a\nb\n")));
        writeSession(steps().file(), session);
        m_fixture->makeWindow();
        QVERIFY(steps().open());
        QTRY_VERIFY(m_fixture->message().contains(QStringLiteral("Opened")));
        QVERIFY(document().classTable().empty());
    }

    void aLockedRangeIsLockedAgain()
    {
        DisplayChoice display = document().display();
        display.lockRange = true;
        document().setDisplay(display);
        QVERIFY(steps().save());
        m_fixture->makeWindow();
        QVERIFY(steps().open());
        QTRY_VERIFY(m_fixture->answer().result().decoding && m_fixture->settle());
        QVERIFY(document().display().lockRange);
        QVERIFY(m_fixture->answer().explanation().lockedRange);
    }

    void openingLeavesTheUsersOwnDisplayAlone()
    {
        DisplayChoice display = document().display();
        display.style.colourMap = ColourMap::Magma;
        display.style.opacity = 0.25;
        document().setDisplay(display);
        QVERIFY(steps().save());
        m_fixture->restart();
        const QVariant opacity = m_fixture->settings().value(Setting::Opacity);
        QVERIFY(steps().open());
        QTRY_COMPARE(document().display().style.opacity, 0.25);
        QCOMPARE(m_fixture->settings().text(Setting::ColourMap), QStringLiteral("viridis"));
        QCOMPARE(m_fixture->settings().value(Setting::Opacity), opacity);
        display = document().display();
        display.style.opacity = 0.5; // the user's own choice, of this alone
        document().setDisplay(display);
        QCOMPARE(m_fixture->settings().value(Setting::Opacity).toDouble(), 0.5);
        QCOMPARE(m_fixture->settings().text(Setting::ColourMap), QStringLiteral("viridis"));
    }

    void openingLeavesTheUsersOwnNamesAndLayoutAlone()
    {
        const QString own = m_fixture->write(QStringLiteral("own.txt"), "a\nb\nc\nd\ne\n");
        const QString other = m_fixture->write(QStringLiteral("other.txt"), "Ant\nBee\nCat\nDog\nEmu\n");
        document().loadClassTable(toPath(other));
        QTRY_VERIFY(document().classNames().areKnown());
        m_fixture->window().findChildren<QDockWidget*>().first()->hide();
        QVERIFY(steps().save());
        m_fixture->restart();
        QVERIFY(steps().openPictures());
        document().loadClassTable(toPath(own));
        QTRY_VERIFY(document().classNames().areKnown());
        const QByteArray layout = m_fixture->window().workspaces().state();
        m_fixture->settings().setValue(Setting::Workspaces, layout);
        QVERIFY(steps().open());
        QTRY_COMPARE(document().classNames().name(0), QStringLiteral("Ant"));
        QVERIFY(!steps().work().isUnsaved());
        const QString hash = QString::fromStdString(document().model()->sha256);
        QCOMPARE(m_fixture->settings().classTableFor(hash), own);
        QVERIFY(m_fixture->window().close());
        QCOMPARE(m_fixture->settings().value(Setting::Workspaces).toByteArray(), layout);
    }

    void aCopyOfTheModelPredictsToo()
    {
        QVERIFY(steps().save());
        const QString copy = m_fixture->path(QStringLiteral("copy.safetensors"));
        QVERIFY(QFile::copy(m_fixture->checkpoint(), copy));
        m_fixture->makeWindow();
        document().openCheckpoint(toPath(copy));
        QTRY_VERIFY(document().model());
        QVERIFY(steps().open());
        QTRY_COMPARE(document().model()->path, toPath(m_fixture->checkpoint()));
        QVERIFY(m_fixture->finishPredictions());
        QVERIFY(m_fixture->settle());
    }

    void theJournalKnowsTheFileBeforeItIsWritten()
    {
        steps().edit();
        QSignalSpy written(&steps().work(), &SessionWork::saved);
        steps().work().save(steps().file());
        QCOMPARE(steps().journal().sessionFile, steps().file()); // whose saving this thread has not heard of yet
        QVERIFY(steps().journal().unsaved);
        QTRY_COMPARE(written.count(), 1);
        QVERIFY(!steps().journal().unsaved);
        QSignalSpy failed(&steps().work(), &SessionWork::savingFailed);
        steps().work().save(steps().file(QStringLiteral("no/folder/other.ocellus")));
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(steps().journal().sessionFile, steps().file());
    }

    void recentSessionsAreInTheMenu()
    {
        steps().edit();
        QVERIFY(steps().save());
        m_fixture->makeWindow();
        QMenu* menu = m_fixture->window().actions().recentSessions();
        emit menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 1);
        QSignalSpy opened(&steps().work(), &SessionWork::opened);
        menu->actions().first()->trigger();
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(!document().editor().historyOf(toPath(m_fixture->picture(0))).state().edits.empty());
    }
};

QTEST_MAIN(TestSessionContent)
#include "test_session_content.moc"
