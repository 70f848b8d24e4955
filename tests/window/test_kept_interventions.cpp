// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <functional>

#include "core/session/session_writer.h"
#include "tests/window/session_steps.h"
#include "ui/panels/intervention_panel.h"
#include "ui/session/lost_work_dialog.h"
#include "ui/session/missing_files_dialog.h"

using namespace ocellus;

namespace {

using Walk = std::function<void(WindowFixture&)>;

/// The first one, by another step: undoing would begin with what was taken away since.
void switchEdit(WindowFixture& fixture, bool enabled)
{
    PictureEditor& editor = fixture.document().editor();
    Edit edit = editor.state().edits.at(0);
    edit.enabled = enabled;
    editor.replaceEdit(0, edit, QStringLiteral("Switch"));
}

} // namespace

Q_DECLARE_METATYPE(Walk)

/// What is taken away by hand is work: it is there when one comes back to where it was taken, and in sessions.
class TestKeptInterventions : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<SessionSteps> m_steps;

    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }
    SessionSteps& steps() { return *m_steps; }

    AttentionIntervention without(int head) { return {document().currentClass(), {head}, {}}; }

    /// A cell of head 0, on the grid that is shown.
    AttentionIntervention withoutCell(int cell)
    {
        const Decoding::Extent& extent = answer().result().decoding->extent();
        return {document().currentClass(), {}, {{0, {cell}}}, extent.rows, extent.columns};
    }

    int otherClass() { return (document().currentClass() + 1) % WindowFixture::Classes; }

    /// The answer is of what the document says, and so is what stands in the panel.
    bool isAnswered(const AttentionIntervention& intervention)
    {
        if (!QTest::qWaitFor([this] { return !answer().isStale() && !answer().isBusy(); }, 60'000) ||
            !m_fixture->settle())
            return false;
        const AttentionIntervention& shown = m_fixture->window().findChild<InterventionPanel*>()->intervention();
        const QString contradiction = m_fixture->contradiction();
        if (!contradiction.isEmpty())
            qWarning("%s", qPrintable(contradiction));
        return contradiction.isEmpty() && document().intervention() == intervention && shown == intervention &&
               answer().result().decoding->intervention() == intervention;
    }

    Session saved() { return readSession(steps().file()); }

private slots:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>();
        m_steps = std::make_unique<SessionSteps>(*m_fixture);
        QVERIFY(steps().openPictures());
        QVERIFY(m_fixture->finishPredictions());
    }

    void cleanup() { steps().work().finish(); }

    void aSessionOfHeadsThatTheModelHasNotIsToldAndGoesOn()
    {
        document().setIntervention(without(1));
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        Session session = saved();
        session.pictures[0].byHand.at(0).intervention.heads = {99};
        writeSession(steps().file(), session);
        m_fixture->makeWindow();
        QSignalSpy failed(&answer(), &LiveAnswer::failed);
        QVERIFY(steps().open());
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY2(m_fixture->message().contains(QStringLiteral("expected heads from 0 to 3, got 99")),
                 qPrintable(m_fixture->message()));
        QVERIFY(isAnswered({}));
        QVERIFY(steps().work().isUnsaved()); // the file has what there is no more
    }

    void whatTheModelRefusesIsNotKept()
    {
        const int subject = document().currentClass();
        document().setIntervention(without(1));
        QVERIFY(m_fixture->settle());
        document().setIntervention(without(WindowFixture::Heads));
        QVERIFY(isAnswered({subject, {1}, {}}));
        document().setCurrentClass(otherClass());
        document().setCurrentClass(subject);
        QVERIFY(isAnswered({subject, {1}, {}}));
    }

    void comesBackWithItsPlace_data()
    {
        QTest::addColumn<Walk>("leave");
        QTest::addColumn<Walk>("comeBack");
        const auto row = [](const char* name, const Walk& leave, const Walk& comeBack) {
            QTest::newRow(name) << leave << comeBack;
        };
        const auto setClass = [](int step) {
            return [step](WindowFixture& fixture) {
                fixture.document().setCurrentClass((fixture.document().currentClass() + step + WindowFixture::Classes) %
                                                   WindowFixture::Classes);
            };
        };
        row("class", setClass(1), setClass(-1));
        row(
            "picture", [](WindowFixture& fixture) { fixture.document().setCurrentPicture(1); },
            [](WindowFixture& fixture) { fixture.document().setCurrentPicture(0); });
        row(
            "edit",
            [](WindowFixture& fixture) {
                if (fixture.document().editor().state().edits.empty())
                    SessionSteps(fixture).edit();
                else
                    switchEdit(fixture, true);
            },
            [](WindowFixture& fixture) { switchEdit(fixture, false); });
        row(
            "limit",
            [](WindowFixture& fixture) {
                fixture.document().setLimit({LimitChoice::Kind::Zero, {fixture.document().currentClass()}});
            },
            [](WindowFixture& fixture) { fixture.document().setLimit({}); });
        row(
            "input size", [](WindowFixture& fixture) { fixture.settings().setValue(Setting::ShortSide, 96); },
            [](WindowFixture& fixture) { fixture.settings().setValue(Setting::ShortSide, 64); });
        row(
            "removal", [](WindowFixture& fixture) { fixture.document().removePicture(0); },
            [](WindowFixture& fixture) {
                const std::filesystem::path path = toPath(fixture.picture(0));
                fixture.document().insertPicture(0, {path, path.filename(), {}});
            });
    }

    void comesBackWithItsPlace()
    {
        QFETCH(const Walk, leave);
        QFETCH(const Walk, comeBack);
        m_fixture->settings().setValue(Setting::FollowPrediction, false);
        m_fixture->settings().setValue(Setting::ShortSide, 64);
        QVERIFY(m_fixture->settle());
        const AttentionIntervention wanted = withoutCell(2);
        document().setIntervention(wanted);
        QVERIFY(isAnswered(wanted));
        leave(*m_fixture);
        QVERIFY(document().intervention().empty());
        QVERIFY(isAnswered({}));
        const AttentionIntervention other = without(3); // of that place, and none of the first one's
        document().setIntervention(other);
        QVERIFY(isAnswered(other));
        comeBack(*m_fixture);
        QVERIFY(isAnswered(wanted));
        QVERIFY(!m_fixture->action(Command::Undo)->text().contains(QStringLiteral("hand")));
        QCOMPARE(steps().journal().session.pictures[0].byHand.empty(), false);
        leave(*m_fixture);
        QVERIFY(isAnswered(other));
    }

    /// And is of no other model, in the window, the journal and the file.
    void comesBackWithItsModel()
    {
        const int subject = document().currentClass();
        const AttentionIntervention wanted = without(1);
        document().setIntervention(wanted);
        document().openCheckpoint(toPath(m_fixture->otherCheckpoint())); // while it is being answered
        QTRY_COMPARE(document().classCount(), static_cast<int>(WindowFixture::OtherClasses));
        document().setCurrentClass(subject);
        QVERIFY(isAnswered({}));
        QVERIFY(steps().journal().session.pictures[0].byHand.empty());
        QVERIFY(steps().work().session().pictures[0].byHand.empty());
        document().openCheckpoint(toPath(m_fixture->checkpoint()));
        QTRY_COMPARE(document().classCount(), static_cast<int>(WindowFixture::Classes));
        document().setCurrentClass(subject);
        QVERIFY(isAnswered(wanted));
        QCOMPARE(steps().journal().session.pictures[0].byHand.size(), std::size_t{1});
    }

    void aCancelForgetsWhatWasNotAnswered()
    {
        const int subject = document().currentClass();
        document().setIntervention(without(1));
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        document().setIntervention({subject, {1, 2}, {}});
        QVERIFY(steps().work().isUnsaved());
        answer().cancel();
        QTRY_VERIFY(document().intervention() == (AttentionIntervention{subject, {1}, {}}));
        document().setCurrentClass(otherClass());
        document().setCurrentClass(subject);
        QVERIFY(isAnswered({subject, {1}, {}}));
        QCOMPARE(steps().journal().session.pictures[0].byHand.at(0).intervention.heads, std::vector<int>{1});
    }

    /// To stop the model is no word about what was taken away before.
    void aCancelKeepsWhatCameBack()
    {
        const int subject = document().currentClass();
        const AttentionIntervention wanted = without(1);
        document().setIntervention(wanted);
        QVERIFY(m_fixture->settle());
        document().setCurrentClass(otherClass());
        QVERIFY(isAnswered({}));
        document().setCurrentClass(subject);
        answer().cancel();
        QTRY_VERIFY(!answer().isBusy());
        QVERIFY(document().intervention() == wanted);
        answer().ask();
        QVERIFY(isAnswered(wanted));
    }

    void whatIsSavedWhileItIsAnsweredIsInTheFile()
    {
        document().setIntervention(without(1));
        QVERIFY(answer().isStale());
        QVERIFY(steps().save());
        QCOMPARE(saved().pictures[0].byHand.size(), std::size_t{1});
        QVERIFY(m_fixture->settle());
        QVERIFY(!steps().work().isUnsaved());
        document().setIntervention(without(2));
        QSignalSpy written(&steps().work(), &SessionWork::saved);
        steps().work().save(steps().file());
        document().setIntervention(without(3)); // is in no file
        QTRY_COMPARE(written.count(), 1);
        QCOMPARE(saved().pictures[0].byHand.at(0).intervention.heads, std::vector<int>{2});
        QVERIFY(steps().work().isUnsaved());
    }

    void sessionsGiveItBack()
    {
        document().setLimit({LimitChoice::Kind::Zero, {1, 3}});
        document().setCurrentClass(3);
        QVERIFY(m_fixture->settle());
        const AttentionIntervention limited = withoutCell(2);
        document().setIntervention(limited);
        document().setCurrentClass(1);
        document().setLimit({});
        QVERIFY(m_fixture->settle());
        const AttentionIntervention plain = without(0);
        document().setIntervention(plain);
        document().setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY(document().editor().isReady());
        steps().edit();
        QVERIFY(m_fixture->settle());
        const int subject = document().currentClass();
        const AttentionIntervention edited = without(3);
        document().setIntervention(edited);
        QVERIFY(isAnswered(edited));
        const auto logits = answer().result().decoding->logits();
        QVERIFY(steps().work().isUnsaved());
        QVERIFY(steps().save());
        QVERIFY(!steps().work().isUnsaved());

        m_fixture->makeWindow();
        m_fixture->settings().setValue(Setting::FollowPrediction, false);
        QVERIFY(steps().open());
        QTRY_COMPARE(document().currentClass(), subject);
        QVERIFY(isAnswered(edited));
        QCOMPARE(answer().result().decoding->logits(), logits);
        document().setCurrentPicture(0);
        document().setCurrentClass(1);
        QVERIFY(isAnswered(plain));
        document().setLimit({LimitChoice::Kind::Zero, {1, 3}});
        document().setCurrentClass(3);
        QVERIFY(isAnswered(limited));
        QVERIFY(m_fixture->settle());
        QCOMPARE(steps().journal().session.pictures[0].byHand.size(), std::size_t{2});
        document().setIntervention({});
        QVERIFY(steps().work().isUnsaved());
        QVERIFY(steps().save());
        QCOMPARE(saved().pictures[0].byHand.size(), std::size_t{1});
        QCOMPARE(saved().pictures[1].byHand.size(), std::size_t{1});
    }

    void lostWorkHasIt()
    {
        const AttentionIntervention wanted = without(1);
        document().setIntervention(wanted);
        QVERIFY(isAnswered(wanted));
        (void)steps().journal(); // it is written
        m_fixture->makeWindow();
        QSignalSpy opened(&steps().work(), &SessionWork::opened);

        QTRY_VERIFY(m_fixture->window().findChild<LostWorkDialog*>());
        QVERIFY(SessionSteps::press(m_fixture->window().findChild<LostWorkDialog*>(), QStringLiteral("Restore")));
        QTRY_COMPARE(opened.count(), 1);
        QTRY_VERIFY(answer().result().decoding);
        document().setCurrentClass(wanted.classIndex);
        QVERIFY(isAnswered(wanted));
        QVERIFY(steps().work().isUnsaved());
    }

    void staysInTheSessionOfAPictureThatIsMissing()
    {
        document().setIntervention(without(1));
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        const SessionPicture before = saved().pictures[0];
        QVERIFY(QFile::rename(m_fixture->picture(0), m_fixture->path(QStringLiteral("away.png"))));
        m_fixture->makeWindow();
        QSignalSpy opened(&steps().work(), &SessionWork::opened);
        steps().sessions().open(steps().file());
        QTRY_VERIFY(m_fixture->window().findChild<MissingFilesDialog*>());
        QVERIFY(SessionSteps::press(m_fixture->window().findChild<MissingFilesDialog*>(), QStringLiteral("Open")));
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        QCOMPARE(saved().pictures.back(), before);
        QCOMPARE(steps().journal().session.pictures.back().byHand, before.byHand);
        QVERIFY(QFile::rename(m_fixture->path(QStringLiteral("away.png")), m_fixture->picture(0)));
        m_fixture->window().pictures().open({toPath(m_fixture->picture(0))});
        QTRY_COMPARE(document().pictures().rowCount(), static_cast<int>(WindowFixture::Pictures));
        QVERIFY(m_fixture->settle());
        document().setCurrentClass(before.byHand[0].intervention.classIndex);
        QVERIFY(isAnswered(before.byHand[0].intervention));
        QCOMPARE(steps().journal().session.pictures.back().byHand, before.byHand);
    }

    /// Written while another picture is shown, which nobody watches.
    void isForgottenWithThePixelsItIsOf()
    {
        const int subject = document().currentClass();
        m_fixture->settings().setValue(Setting::FollowPrediction, false);
        document().setIntervention(without(1));
        QVERIFY(m_fixture->settle());
        QVERIFY(steps().save());
        document().setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        QVERIFY(QFile::remove(m_fixture->picture(0)));
        QVERIFY(QFile::copy(m_fixture->picture(3), m_fixture->picture(0)));
        bool areOfOthers = false;
        connect(&answer(), &LiveAnswer::resultChanged, this,
                [this, &areOfOthers] { areOfOthers = areOfOthers || !answer().result().key.intervention.empty(); });
        document().setCurrentPicture(0);
        document().setCurrentClass(subject);
        QVERIFY(isAnswered({}));
        disconnect(&answer(), nullptr, this, nullptr);
        QVERIFY(!areOfOthers);
        QVERIFY2(m_fixture->message().contains(QStringLiteral("that is forgotten")), qPrintable(m_fixture->message()));
        QVERIFY(steps().work().isUnsaved());
        QVERIFY(steps().work().session().pictures[0].byHand.empty());
        QVERIFY(steps().journal().session.pictures[0].byHand.empty());
    }
};

QTEST_MAIN(TestKeptInterventions)
#include "test_kept_interventions.moc"
