// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "tests/window/window_fixture.h"
#include "ui/compare/compare_page.h"
#include "ui/tools/painting.h"
#include "ui/tools/tool_box.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/loupe.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"
#include "ui/window/central_view.h"
#include "ui/window/held_keys.h"
#include "ui/window/view_commands.h"

using namespace ocellus;

/// What is shown while a key is held, whatever has the focus, and that no key means two things.
class TestHeldKeys : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(m_fixture->openAll());
        window().show();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    void noKeyMeansTwoThings()
    {
        QMap<QString, QStringList> uses;
        for (const QAction* action : window().findChildren<QAction*>())
            if (action->shortcutContext() == Qt::WindowShortcut)
                for (const QKeySequence& keys : action->shortcuts())
                    uses[keys.toString()] << action->text();
        QStringList twice;
        for (auto use = uses.cbegin(); use != uses.cend(); ++use)
            if (use->size() > 1)
                twice << use.key() + ": " + use->join(" | ");
        QVERIFY2(twice.isEmpty(), qPrintable(twice.join("\n")));
    }

    void keysMeanTheSameInEveryFocus_data()
    {
        QTest::addColumn<QString>("focus");
        QTest::newRow("large view") << "image";
        QTest::newRow("a head's tile") << "tile";
        QTest::newRow("class list") << "classes";
        QTest::newRow("a tile of a table") << "matrix";
    }

    void keysMeanTheSameInEveryFocus()
    {
        QFETCH(const QString, focus);
        QWidget* const focused = widgetOf(focus);
        QVERIFY(focused);
        focused->setFocus();
        QTRY_VERIFY(focused->hasFocus());
        QSignalSpy told(&window().views().held(), &HeldKeys::changed);
        LinkedView& view = window().view();

        QTest::keyPress(focused, Qt::Key_Y);
        QVERIFY(view.isBeforeShown());
        for (const LinkedView* other : window().findChildren<LinkedView*>())
            QVERIFY(other->isBeforeShown());
        QTest::keyRelease(focused, Qt::Key_Y);
        QVERIFY(!view.isBeforeShown());

        QTest::keyPress(focused, Qt::Key_H);
        QVERIFY(!view.isOverlayVisible());
        QTest::keyRelease(focused, Qt::Key_H);
        QVERIFY(view.isOverlayVisible());

        QTest::keyPress(focused, Qt::Key_K);
        QVERIFY(window().views().held().loupe() && window().views().held().loupe()->isHeld());
        QTest::keyRelease(focused, Qt::Key_K);
        QVERIFY(!window().views().held().loupe()->isHeld());
        QCOMPARE(told.size(), 6);

        // The brush's key is the brush's.
        QTest::keyClick(focused, Qt::Key_B);
        QVERIFY(window().painting().tools().kind() == ToolKind::Brush);
        QVERIFY(!view.isBeforeShown());
        window().painting().tools().choose(ToolKind::Point);
    }

    void escapeRemovesTheCrosshairWhateverHasTheFocus()
    {
        QWidget* const focused = widgetOf("classes");
        focused->setFocus();
        window().view().placeCrosshair({20, 20});
        QTest::keyClick(focused, Qt::Key_Escape);
        QVERIFY(!window().view().crosshair());
    }

    void thePinGoesWithItsPicture()
    {
        window().view().placeCrosshair({20, 20});
        m_fixture->document().setHead(1);
        QVERIFY(window().view().crosshair());
        m_fixture->document().setCurrentPicture(m_fixture->document().currentPicture() == 0 ? 1 : 0);
        QVERIFY(!window().view().crosshair());
        QVERIFY(m_fixture->settle());
        QVERIFY(!window().view().crosshair());
    }

    void theFieldIsOutlinedInEveryView()
    {
        m_fixture->action(Command::ShowField)->trigger();
        const auto* tile = widgetOf("matrix");
        QVERIFY(tile && window().view().isFieldShown());
        for (MatrixGrid* grid : window().centre().findChildren<MatrixGrid*>())
            for (std::size_t i = 0; i < grid->views().count(); ++i)
                QVERIFY(grid->views().view(i).isFieldShown());
        m_fixture->action(Command::ShowField)->trigger();
    }

    void anotherWindowReleases()
    {
        QTest::keyPress(&window(), Qt::Key_Y);
        QVERIFY(window().view().isBeforeShown());
        QEvent away(QEvent::WindowDeactivate);
        QCoreApplication::sendEvent(&window(), &away);
        QVERIFY(!window().view().isBeforeShown());
        QTest::keyRelease(&window(), Qt::Key_Y);
    }

    void chosenFromTheMenuItStaysUntilTheNextClick()
    {
        m_fixture->action(Command::ShowBefore)->trigger();
        QVERIFY(window().view().isBeforeShown());
        QTest::mouseClick(window().centre().imageView(), Qt::LeftButton);
        QVERIFY(!window().view().isBeforeShown());
        m_fixture->action(Command::HideMaps)->trigger();
        QTest::keyClick(&window(), Qt::Key_Shift);
        QVERIFY(window().view().isOverlayVisible());
    }

    /// Other views come and go while a key is held.
    void anotherPictureWhileHeld()
    {
        QTest::keyPress(&window(), Qt::Key_K);
        QTest::keyPress(&window(), Qt::Key_H);
        m_fixture->document().setCurrentPicture(1);
        QVERIFY(m_fixture->settle());
        QVERIFY(!window().view().isOverlayVisible());
        QTest::keyRelease(&window(), Qt::Key_H);
        QTest::keyRelease(&window(), Qt::Key_K);
        QVERIFY(window().view().isOverlayVisible());
        QVERIFY(!window().views().held().loupe()->isHeld());
    }

    void enlargesTheTileOfThePageThatIsSeen()
    {
        MapTile* tile = qobject_cast<MapTile*>(widgetOf("matrix"));
        QVERIFY(tile);
        const auto* page = qobject_cast<ComparePage*>(window().centre().currentPage());
        QTest::keyClick(tile, Qt::Key_E);
        QVERIFY(page->view()->grid()->isEnlarged());
        QVERIFY(!window().centre().headGrid()->isEnlarged());
        QVERIFY(m_fixture->action(Command::Enlarge)->isChecked());
        QTest::keyClick(tile, Qt::Key_E);
        QVERIFY(!page->view()->grid()->isEnlarged());
        window().centre().pageActions().constFirst()->trigger();
    }

private:
    MainWindow& window() { return m_fixture->window(); }

    QWidget* widgetOf(const QString& name)
    {
        CentralView& centre = window().centre();
        if (name == "matrix") {
            for (QAction* action : centre.pageActions()) {
                action->trigger();
                auto* page = qobject_cast<ComparePage*>(centre.currentPage());
                if (!page)
                    continue;
                (void)QTest::qWaitFor([page] { return page->matrix().has_value(); }, 3000);
                if (MapTile* tile = page->view()->grid()->tile({0, 0}))
                    return tile;
            }
            return nullptr;
        }
        centre.pageActions().constFirst()->trigger();
        if (name == "image")
            return centre.imageView();
        if (name == "tile")
            return centre.headGrid()->tiles().front();
        for (QTableView* table : window().findChildren<QTableView*>())
            if (table->isVisible())
                return table;
        return nullptr;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestHeldKeys)
#include "test_held_keys.moc"
