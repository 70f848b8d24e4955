// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QApplication>
#include <QDockWidget>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolBar>

#include "tests/window/session_steps.h"
#include "ui/tools/painting.h"
#include "ui/widgets/image_view.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

namespace {

constexpr std::array everyWorkspace{WorkspaceId::Look,       WorkspaceId::Compare, WorkspaceId::Edit,
                                    WorkspaceId::Experiment, WorkspaceId::Report,  WorkspaceId::Species};

} // namespace

/// One window, six kinds of work: what each shows, what it remembers, and what it leaves alone.
class TestWorkspaces : public QObject {
    Q_OBJECT

private slots:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }

    void whatIsNoStateIsPassedOver_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("the single layout of before") << WindowFixture().window().saveState();
        QTest::newRow("another JSON") << QByteArray(R"({"cooking": 3})");
        QTest::newRow("no workspaces") << QByteArray(R"({"current": "edit", "workspaces": {}})");
        QTest::newRow("of another type") << QByteArray(R"({"current": 4, "workspaces": [1, 2]})");
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }

    void whatIsNoStateIsPassedOver()
    {
        QFETCH(const QByteArray, state);
        workspaces().show(WorkspaceId::Compare);
        const QByteArray before = workspaces().state();
        QVERIFY(!workspaces().restore(state));
        QCOMPARE(workspaces().state(), before);
        m_fixture->settings().setValue(Setting::Workspaces, state);
        m_fixture->makeWindow();
        QCOMPARE(workspaces().current(), WorkspaceId::Look);
        QVERIFY(dock("classes")->isVisible());
    }

    void aLayoutThatIsNotUnderstoodIsAsAtFirst_data()
    {
        QTest::addColumn<QByteArray>("layout");
        WindowFixture other;
        QTest::newRow("no base64") << QByteArray("???");
        QTest::newRow("of another version") << other.window().saveState(99).toBase64();
        QTest::newRow("cut off") << other.window().saveState(2).left(40).toBase64();
        QTest::newRow("rubbish") << QByteArray(300, 'x').toBase64();
    }

    void aLayoutThatIsNotUnderstoodIsAsAtFirst()
    {
        QFETCH(const QByteArray, layout);
        const QJsonObject kept{{"layout", QString::fromLatin1(layout)}, {"page", 77}};
        const QJsonObject state{{"current", "edit"}, {"workspaces", QJsonObject{{"edit", kept}, {"cooking", kept}}}};
        QVERIFY(workspaces().restore(QJsonDocument(state).toJson()));
        QCOMPARE(workspaces().current(), WorkspaceId::Edit);
        QVERIFY(dock("edit")->isVisible());
        QVERIFY(!dock("log")->isVisible());
        QVERIFY(bar("paintingTools")->isVisible());
        QCOMPARE(centre().currentPage(), centre().heads());
    }

    void eachShowsItsPagesAndPanels_data()
    {
        QTest::addColumn<WorkspaceId>("id");
        QTest::addColumn<QStringList>("docks");
        QTest::addColumn<int>("tabs");
        QTest::newRow("look") << WorkspaceId::Look << QStringList{"classes", "pictures"} << 0;
        QTest::newRow("compare") << WorkspaceId::Compare << QStringList{"classes"} << 9;
        QTest::newRow("edit") << WorkspaceId::Edit << QStringList{"edit", "effects"} << 3;
        QTest::newRow("experiment") << WorkspaceId::Experiment << QStringList() << 0;
        QTest::newRow("report") << WorkspaceId::Report << QStringList{"notes", "model", "log"} << 0;
        QTest::newRow("species") << WorkspaceId::Species << QStringList() << 4;
    }

    void eachShowsItsPagesAndPanels()
    {
        QFETCH(const WorkspaceId, id);
        QFETCH(const QStringList, docks);
        QFETCH(const int, tabs);
        for (const WorkspaceId before : everyWorkspace) {
            workspaces().show(before);
            workspaces().show(id);
            QStringList shown;
            for (const QDockWidget* dock : window().findChildren<QDockWidget*>())
                if (dock->isVisible() && !dock->visibleRegion().isEmpty())
                    shown << dock->objectName();
            for (const QString& dock : docks)
                QVERIFY2(shown.contains(dock), qPrintable(dock + " of " + shown.join(' ')));
            QCOMPARE(shown.size(), docks.size());
            const auto* pages = centre().findChild<QTabBar*>();
            QCOMPARE(pages->isVisible() ? pages->count() : 0, tabs);
            QCOMPARE(bar("paintingTools")->isVisible(), id == WorkspaceId::Edit);
            QCOMPARE(bar("toolSettings")->isVisible(), id == WorkspaceId::Edit);
            QVERIFY(bar("workspaces")->isVisible());
        }
    }

    void paintingToolsStandBesideThePictureThatIsPaintedOn()
    {
        workspaces().show(WorkspaceId::Edit);
        const auto& all = workspaces().all();
        const QList<QWidget*> pages = std::ranges::find(all, WorkspaceId::Edit, &Workspace::id)->pages;
        for (QWidget* page : pages + QList<QWidget*>{pages.first()}) {
            workspaces().showPage(page);
            QCOMPARE(bar("paintingTools")->isVisible(), page == centre().heads());
            QCOMPARE(bar("toolSettings")->isVisible(), page == centre().heads());
        }
        // Left on another page, and with all panels away.
        workspaces().showPage(pages[1]);
        workspaces().show(WorkspaceId::Look);
        workspaces().show(WorkspaceId::Edit);
        QVERIFY(!bar("paintingTools")->isVisible());
        workspaces().setPanelsHidden(true);
        workspaces().showPage(pages.first());
        QVERIFY(!bar("paintingTools")->isVisible());
        workspaces().setPanelsHidden(false);
        QVERIFY(bar("paintingTools")->isVisible());
    }

    void everyPanelCanBeShownInEveryWorkspace()
    {
        for (const WorkspaceId id : everyWorkspace) {
            workspaces().show(id);
            for (const QAction* toggle : window().actions().panels()->actions())
                QVERIFY(toggle->isEnabled());
            for (const QDockWidget* dock : window().findChildren<QDockWidget*>()) {
                if (!dock->isVisible())
                    dock->toggleViewAction()->trigger();
                QVERIFY2(dock->isVisible() && !dock->isFloating(), qPrintable(dock->objectName()));
            }
        }
    }

    void oneKeyEach()
    {
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        for (std::size_t i = 0; i < everyWorkspace.size(); ++i) {
            QTest::keyClick(&window(), static_cast<Qt::Key>(Qt::Key_F2 + i));
            QCOMPARE(workspaces().current(), everyWorkspace.at(i));
            QVERIFY(workspaces().actions().at(static_cast<qsizetype>(i))->isChecked());
            QVERIFY(centre().currentPage()->isVisible());
        }
    }

    void theFocusIsNeverLost()
    {
        QVERIFY(m_fixture->openAll());
        window().activateWindow();
        for (const WorkspaceId from : everyWorkspace)
            for (const WorkspaceId to : everyWorkspace) {
                workspaces().show(from);
                if (QWidget* panel = dock("edit"); panel->isVisible())
                    panel->findChild<QWidget*>()->setFocus();
                workspaces().show(to);
                const QWidget* focus = window().focusWidget();
                QVERIFY2(focus && focus->isVisible(),
                         qPrintable(QString::number(int(from)) + QString::number(int(to))));
            }
    }

    void pageKeysTurnToTheWorkspaceOfThePage()
    {
        const QList<QAction*> pages = centre().pageActions();
        for (QAction* page : pages) {
            workspaces().show(WorkspaceId::Look);
            page->trigger();
            QVERIFY(page->isChecked());
            const auto& all = workspaces().all();
            const auto current = std::ranges::find(all, workspaces().current(), &Workspace::id);
            QVERIFY2(current->pages.contains(centre().currentPage()), qPrintable(page->text()));
        }
        workspaces().show(WorkspaceId::Edit);
        pages.first()->trigger(); // the heads are a page of this one too
        QCOMPARE(workspaces().current(), WorkspaceId::Edit);
    }

    void aToolTurnsToEditAndIsPutDownElsewhere()
    {
        QVERIFY(m_fixture->openAll());
        workspaces().show(WorkspaceId::Compare);
        ToolBox& tools = window().painting().tools();
        tools.at(ToolKind::Brush)->trigger();
        QCOMPARE(workspaces().current(), WorkspaceId::Edit);
        QCOMPARE(centre().currentPage(), centre().heads());
        QCOMPARE(tools.kind(), ToolKind::Brush);
        workspaces().show(WorkspaceId::Look);
        QCOMPARE(tools.kind(), ToolKind::Point);
        tools.at(ToolKind::Brush)->trigger(); // again: it is not in hand any more
        QCOMPARE(workspaces().current(), WorkspaceId::Edit);
    }

    void switchingKeepsPictureClassHeadAndZoom()
    {
        QVERIFY(m_fixture->openAll());
        document().setCurrentPicture(2);
        document().setCurrentClass(3);
        document().setHead(1);
        QVERIFY(m_fixture->settle());
        QTRY_COMPARE(window().view().transform().picture(), QSizeF(96 + 16, 64));
        window().centre().imageView()->showActualPixels();
        const ViewTransform zoom = window().view().transform();
        const auto decoding = m_fixture->answer().result().decoding;
        for (const WorkspaceId id : everyWorkspace) {
            workspaces().show(id);
            QCoreApplication::processEvents();
            QCOMPARE(document().currentPicture(), 2);
            QCOMPARE(document().currentClass(), 3);
            QCOMPARE(document().head(), 1);
            QCOMPARE(m_fixture->answer().result().decoding, decoding);
            QCOMPARE(window().view().transform().zoom(), zoom.zoom());
        }
    }

    void switchingWhileAnAnswerIsPendingDisturbsNothing()
    {
        QVERIFY(m_fixture->openAll());
        QTRY_VERIFY(document().editor().isReady());
        for (const WorkspaceId id : everyWorkspace) {
            steps().edit(5 + static_cast<int>(id)); // an answer is asked for, with the old one on the screen
            workspaces().show(id);
            QCOMPARE(m_fixture->contradiction(), QString());
            document().setCurrentClass(static_cast<int>(id) % WindowFixture::Classes);
            workspaces().show(WorkspaceId::Edit);
            QVERIFY(m_fixture->settle());
            QTRY_VERIFY(!m_fixture->answer().isStale());
            QCOMPARE(m_fixture->contradiction(), QString());
        }
        QCOMPARE(document().editor().state().edits.size(), everyWorkspace.size());
    }

    void aStrokeThatIsBegunIsGivenUp()
    {
        QVERIFY(m_fixture->openAll());
        QTRY_VERIFY(document().editor().isReady());
        window().painting().tools().choose(ToolKind::Lasso);
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        ImageView* view = centre().imageView();
        const QPointF middle = view->pictureArea().center();
        QTest::mousePress(view, Qt::LeftButton, {}, middle.toPoint());
        QTest::mouseMove(view, middle.toPoint() + QPoint(20, 0));
        QTest::mouseMove(view, middle.toPoint() + QPoint(20, 20));
        workspaces().show(WorkspaceId::Compare);
        QTest::mouseRelease(view, Qt::LeftButton, {}, middle.toPoint() + QPoint(20, 20));
        QVERIFY(document().editor().activeMask().empty());
        workspaces().show(WorkspaceId::Edit);
        QVERIFY(document().editor().activeMask().empty());
        QCOMPARE(window().painting().tools().kind(), ToolKind::Point);
    }

    void switchingIsNoWork()
    {
        QVERIFY(steps().openPictures());
        steps().edit();
        QTRY_VERIFY(!m_fixture->answer().isStale());
        QVERIFY(steps().save());
        for (const WorkspaceId id : everyWorkspace)
            workspaces().show(id);
        QVERIFY(!steps().work().isUnsaved());
        steps().edit(9);
        QVERIFY(steps().work().isUnsaved());
        for (const WorkspaceId id : everyWorkspace)
            workspaces().show(id);
        QVERIFY(steps().work().isUnsaved());
    }

    void eachIsRemembered()
    {
        dock("pictures")->hide();
        workspaces().show(WorkspaceId::Compare);
        centre().pageActions().at(3)->trigger();
        const QString page = centre().currentPage()->metaObject()->className();
        workspaces().show(WorkspaceId::Report);
        dock("effects")->show();
        QVERIFY(window().close());
        m_fixture->makeWindow();
        QCOMPARE(workspaces().current(), WorkspaceId::Report);
        QVERIFY(dock("effects")->isVisible());
        workspaces().show(WorkspaceId::Look);
        QVERIFY(!dock("pictures")->isVisible());
        workspaces().show(WorkspaceId::Edit);
        QVERIFY(dock("pictures")->isVisible()); // as it was there
        workspaces().show(WorkspaceId::Compare);
        QCOMPARE(QString(centre().currentPage()->metaObject()->className()), page);
    }

    void aSessionHasItsOwnAndTheUsersStay()
    {
        QVERIFY(steps().openPictures());
        steps().edit();
        workspaces().show(WorkspaceId::Experiment);
        dock("log")->show();
        QVERIFY(steps().save());
        m_fixture->restart();
        const QByteArray own = workspaces().state();
        m_fixture->settings().setValue(Setting::Workspaces, own);
        QVERIFY(steps().open());
        QTRY_COMPARE(workspaces().current(), WorkspaceId::Experiment);
        QVERIFY(dock("log")->isVisible());
        QVERIFY(window().close());
        QCOMPARE(m_fixture->settings().value(Setting::Workspaces).toByteArray(), own);
    }

    void oneOrAllAreReset()
    {
        for (const WorkspaceId id : {WorkspaceId::Look, WorkspaceId::Edit}) {
            workspaces().show(id);
            for (QDockWidget* dock : window().findChildren<QDockWidget*>())
                dock->hide();
        }
        m_fixture->action(Command::ResetWorkspace)->trigger();
        QVERIFY(dock("edit")->isVisible());
        workspaces().show(WorkspaceId::Look);
        QVERIFY(!dock("classes")->isVisible());
        dock("classes")->setFloating(true);
        workspaces().show(WorkspaceId::Edit);
        dock("edit")->hide();
        m_fixture->action(Command::ResetWorkspaces)->trigger();
        QCOMPARE(workspaces().current(), WorkspaceId::Edit);
        QVERIFY(dock("edit")->isVisible());
        workspaces().show(WorkspaceId::Look);
        QVERIFY(dock("classes")->isVisible() && !dock("classes")->isFloating());
    }

    void allPanelsHideAndComeBack()
    {
        workspaces().show(WorkspaceId::Edit);
        const QByteArray before = workspaces().state();
        QAction* hide = m_fixture->action(Command::HidePanels);
        hide->trigger();
        QVERIFY(hide->isChecked());
        for (const QDockWidget* dock : window().findChildren<QDockWidget*>())
            QVERIFY2(!dock->isVisible(), qPrintable(dock->objectName()));
        for (const QToolBar* bar : window().findChildren<QToolBar*>())
            QVERIFY2(!bar->isVisible(), qPrintable(bar->objectName()));
        QCOMPARE(workspaces().state(), before); // hiding is for a moment
        hide->trigger();
        QVERIFY(!hide->isChecked());
        QVERIFY(dock("edit")->isVisible());
        QVERIFY(bar("paintingTools")->isVisible());
    }

    void askingForOnePanelEndsHiding()
    {
        QAction* hide = m_fixture->action(Command::HidePanels);
        hide->trigger();
        dock("log")->toggleViewAction()->trigger();
        QVERIFY(!hide->isChecked());
        QVERIFY(dock("log")->isVisible() && dock("classes")->isVisible());
        hide->trigger();
        m_fixture->action(Command::FindClass)->setEnabled(true);
        m_fixture->action(Command::FindClass)->trigger();
        QVERIFY(!hide->isChecked());
        QVERIFY(dock("classes")->isVisible());
        hide->trigger();
        workspaces().show(WorkspaceId::Compare); // comes with its panels
        QVERIFY(!hide->isChecked());
        QVERIFY(dock("classes")->isVisible());
        workspaces().show(WorkspaceId::Look);
        QVERIFY(dock("classes")->isVisible());
    }

private:
    MainWindow& window() { return m_fixture->window(); }
    Workspaces& workspaces() { return window().workspaces(); }
    CentralView& centre() { return window().centre(); }
    Document& document() { return m_fixture->document(); }
    SessionSteps steps() { return SessionSteps(*m_fixture); }
    QDockWidget* dock(const char* name) { return window().findChild<QDockWidget*>(QLatin1String(name)); }
    QToolBar* bar(const char* name) { return window().findChild<QToolBar*>(QLatin1String(name)); }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestWorkspaces)
#include "test_workspaces.moc"
