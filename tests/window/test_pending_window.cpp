// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "tests/window/window_fixture.h"
#include "ui/compare/before_after_view.h"
#include "ui/compare/class_comparison.h"
#include "ui/engine/paths.h"
#include "ui/experiment/experiment_page.h"
#include "ui/experiment/experiment_preview.h"
#include "ui/experiment/experiment_study.h"
#include "ui/experiment/preview_strip.h"
#include "ui/figure_dialog/figure_dialog.h"
#include "ui/figure_dialog/plate_preview.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/matrix_pair.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/state_chips.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"
#include "ui/window/second_view.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

namespace {

constexpr int patience = 60'000;

enum class End { Answered, Cancelled, Failed };

} // namespace

Q_DECLARE_METATYPE(End)

/// What the user does in the window while something is under way; judged by what stays.
class TestPendingWindow : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>();
        window().show();
        QVERIFY(m_fixture->openAll());
        QVERIFY(m_fixture->finishPredictions());
        QTRY_VERIFY(document().editor().isReady());
    }

    void cleanup() { m_fixture.reset(); }

    /// A draft came, and the user turns to other work before the answer does.
    void anotherWorkspaceDuringADraft_data()
    {
        QTest::addColumn<End>("end");
        QTest::newRow("answered") << End::Answered;
        QTest::newRow("cancelled") << End::Cancelled;
    }

    void anotherWorkspaceDuringADraft()
    {
        QFETCH(const End, end);
        edit();
        QTRY_VERIFY_WITH_TIMEOUT(answer().isBusy(), patience);
        ViewResult draft = answer().result();
        draft.isDraft = true;
        emit window().controller().draftReady(draft);
        for (const Workspace& workspace : window().workspaces().all())
            window().workspaces().show(workspace.id);
        if (end == End::Cancelled)
            answer().cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!answer().isBusy(), patience);
        QCOMPARE(answer().isStale(), end == End::Cancelled);
        window().workspaces().show(WorkspaceId::Look);
        if (end == End::Cancelled) {
            // What is shown is no more than it was; it says so until it is asked again.
            QTRY_VERIFY(window().centre().imageView()->explanation().stale);
            answer().ask();
        }
        QVERIFY(m_fixture->settle());
        QVERIFY(!answer().result().isDraft);
        QTRY_VERIFY(!window().centre().imageView()->explanation().stale);
        for (const StateChip& chip : window().centre().heads()->chips()->chips())
            QVERIFY(chip.id != "draft");
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void closedWhileAnExperimentIsTried()
    {
        auto* page = window().findChild<ExperimentPage*>();
        window().workspaces().showPage(page);
        const auto* preview = window().findChild<ExperimentStudy*>()->findChild<ExperimentPreview*>();
        QTRY_VERIFY_WITH_TIMEOUT(preview->isRunning() || !page->preview()->pairs().empty(), patience);
        window().close();
        QTRY_VERIFY_WITH_TIMEOUT(!window().isVisible(), patience);
        m_fixture->restart(); // and gone, whatever still runs
        QVERIFY(m_fixture->openAll());
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    /// Before and after, laid over each other, when the answer to another edit does not come.
    void beforeAndAfterInOnePlace_data()
    {
        QTest::addColumn<PicturePair::Arrangement>("arrangement");
        QTest::addColumn<End>("end");
        using Arrangement = PicturePair::Arrangement;
        QTest::newRow("swipe, failed") << Arrangement::Swipe << End::Failed;
        QTest::newRow("blink, failed") << Arrangement::Blink << End::Failed;
        QTest::newRow("swipe, cancelled") << Arrangement::Swipe << End::Cancelled;
        QTest::newRow("blink, cancelled") << Arrangement::Blink << End::Cancelled;
        QTest::newRow("blink, answered") << Arrangement::Blink << End::Answered;
    }

    void beforeAndAfterInOnePlace()
    {
        QFETCH(const PicturePair::Arrangement, arrangement);
        QFETCH(const End, end);
        edit();
        QVERIFY(m_fixture->settle());
        auto* page = window().findChild<BeforeAfterView*>();
        window().workspaces().showPage(page);
        PicturePair* pictures = page->pictures();
        QTRY_VERIFY(pictures->canSwipe());
        pictures->setArrangement(arrangement);
        QVERIFY(!pictures->isStale());
        finish(end);
        QTRY_COMPARE(pictures->isStale(), end != End::Answered);
        QVERIFY(pictures->arrangement() == arrangement && pictures->canSwipe());
        QCOMPARE(pictures->accessibleDescription().contains("out of date"), end != End::Answered);
        QVERIFY(!pictures->grab().isNull());
    }

    void aPairWhenAnotherModelComes()
    {
        auto* page = window().findChild<ClassComparison*>();
        window().workspaces().showPage(page);
        QTRY_VERIFY(page->view()->canPair());
        page->view()->showPair(PicturePair::Arrangement::Blink);
        window().open({toPath(m_fixture->otherCheckpoint())});
        QTRY_COMPARE_WITH_TIMEOUT(document().classCount(), int(WindowFixture::OtherClasses), patience);
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY_WITH_TIMEOUT(!page->view()->isPaired() || !page->view()->pair()->pictures()->isStale(), patience);
        if (const Explanation* shown = page->view()->pair()->pictures()->explanationAt({10, 40}))
            QTRY_COMPARE(shown->modelName, QString("other.safetensors"));
        QCOMPARE(m_fixture->contradiction(), QString());
    }

    void theFigureWhenAnotherModelComes()
    {
        m_fixture->action(Command::FigureForPaper)->trigger();
        auto* dialog = window().findChild<FigureDialog*>();
        QVERIFY(dialog);
        window().open({toPath(m_fixture->otherCheckpoint())});
        QTRY_COMPARE_WITH_TIMEOUT(document().classCount(), int(WindowFixture::OtherClasses), patience);
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->preview()->isDrawing() && dialog->caption().contains("other.safetensors"),
                                 patience);
        QVERIFY(!dialog->caption().contains("small.safetensors"));
        // One that cannot be opened leaves the figure as it is.
        window().open({toPath(m_fixture->write("broken.pth", "nothing"))});
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->message().isEmpty() && !answer().isBusy(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->preview()->isDrawing() && dialog->exportButton()->isEnabled(), patience);
        QVERIFY(dialog->caption().contains("other.safetensors"));
    }

    void theSecondWindowWhenAnotherModelComes()
    {
        m_fixture->action(Command::SecondView)->trigger();
        const ImageView* view = window().findChild<SecondView*>()->imageView();
        QVERIFY(view->isVisible());
        window().open({toPath(m_fixture->otherCheckpoint())});
        QTRY_COMPARE_WITH_TIMEOUT(document().classCount(), int(WindowFixture::OtherClasses), patience);
        QVERIFY(m_fixture->settle());
        const ImageView* first = window().centre().imageView();
        QTRY_COMPARE_WITH_TIMEOUT(view->explanation().modelName, QString("other.safetensors"), patience);
        QTRY_VERIFY(!view->explanation().stale);
        QCOMPARE(view->explanation().className, first->explanation().className);
        QCOMPARE(view->explanation().decoding, first->explanation().decoding);
        QCOMPARE(view->head(), first->head());
    }

private:
    MainWindow& window() { return m_fixture->window(); }
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }

    void edit(double at = 8)
    {
        PictureEditor& editor = document().editor();
        editor.addEdit(
            {"Fill", rectangleMask(editor.pictureSize(), {at, at, 20, 20}), MeanFill{MeanFill::Of::Picture}});
    }

    /// Of another request, which is waited for.
    void finish(End end)
    {
        QSignalSpy failed(&answer(), &LiveAnswer::failed);
        if (end == End::Failed)
            document().editor().perform({"Wrong", {InsertEdit{0, {"Wrong", Mask::whole({3, 3}), MeanFill{}}}}});
        else
            edit(30);
        if (end == End::Cancelled)
            answer().cancel();
        if (end == End::Failed)
            QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!answer().isBusy(), patience);
        if (end == End::Answered)
            QVERIFY(m_fixture->settle());
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestPendingWindow)
#include "test_pending_window.moc"
