// SPDX-License-Identifier: GPL-3.0-or-later
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QTest>

#include "tests/window/window_fixture.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/picture_grid.h"
#include "ui/engine/paths.h"
#include "ui/models/dragged.h"
#include "ui/tools/painting.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/window/central_view.h"
#include "ui/window/context_menus.h"
#include "ui/window/second_view.h"

using namespace ocellus;

/// What is dragged, clicked with the right button, or opened on a second screen.
class TestDirectUse : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(m_fixture->openAll());
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
    }

    void init() { window().centre().pageActions().constFirst()->trigger(); }

    void foreignThingsAreNotTaken_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << "text/plain" << QByteArray("1");
        QTest::newRow("nothing") << classDragTypes().first() << QByteArray();
        QTest::newRow("no number") << classDragTypes().first() << QByteArray("1\nx");
        QTest::newRow("a class too many") << classDragTypes().first() << QByteArray::number(WindowFixture::Classes);
        QTest::newRow("a negative class") << classDragTypes().first() << QByteArray("-1");
        QTest::newRow("a number too large") << classDragTypes().first() << QByteArray("99999999999999");
        QTest::newRow("no path") << pictureDragTypes().first() << QByteArray("%%%");
        QTest::newRow("another picture") << pictureDragTypes().first() << QByteArray("/nowhere.png").toBase64();
    }

    void foreignThingsAreNotTaken()
    {
        QFETCH(const QString, type);
        QFETCH(const QByteArray, content);
        QMimeData data;
        data.setData(type, content);
        QWidget* const before = window().centre().currentPage();
        QVERIFY(!drop(data));
        QCOMPARE(window().centre().currentPage(), before);
    }

    void aClassIsComparedWithTheShownOne()
    {
        const int shown = m_fixture->document().currentClass();
        const int other = (shown + 1) % WindowFixture::Classes;
        const std::unique_ptr<QMimeData> data(dragOfClasses({other, 4000}));
        QVERIFY(drop(*data));
        auto* page = qobject_cast<ClassComparison*>(window().centre().currentPage());
        QVERIFY(page);
        QCOMPARE(page->classes(), (QList<int>{shown, other}));
        // Beside those that are there.
        const int third = (shown + 2) % WindowFixture::Classes;
        const std::unique_ptr<QMimeData> more(dragOfClasses({third, other}));
        QVERIFY(drop(*more));
        QCOMPARE(page->classes(), (QList<int>{shown, other, third}));
    }

    void aPictureIsComparedWithTheShownOne()
    {
        m_fixture->document().setCurrentPicture(0);
        QVERIFY(m_fixture->settle());
        const std::unique_ptr<QMimeData> data(dragOfPictures({toPath(m_fixture->picture(3)), "gone.png"}));
        QVERIFY(drop(*data));
        auto* page = qobject_cast<PictureGrid*>(window().centre().currentPage());
        QVERIFY(page);
        QCOMPARE(page->chosen().size(), 2u);
        QCOMPARE(page->chosen().back(), toPath(m_fixture->picture(3)));
        QTRY_VERIFY(page->matrix() && page->matrix()->rows.size() == 1);
        // Another picture that is none of them ends it.
        m_fixture->document().setCurrentPicture(1);
        QVERIFY(page->chosen().empty());
        QVERIFY(m_fixture->settle());
    }

    void menusAreMadeOfTheCommandsThatThereAre()
    {
        ContextMenus* menus = window().findChild<ContextMenus*>();
        QVERIFY(menus);
        const MapTile* tile = window().centre().headGrid()->tiles().front();
        const std::unique_ptr<QMenu> menu = menus->menuOf(*tile);
        for (const Command command : {Command::Enlarge, Command::ActualPixels, Command::CopyFigure})
            QVERIFY(menu->actions().contains(m_fixture->action(command)));
        QVERIFY(
            !menus->menuOf(*window().centre().imageView())->actions().contains(m_fixture->action(Command::Enlarge)));
    }

    void theMenuKeyOpensThem()
    {
        ImageView* view = window().centre().imageView();
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, view->rect().center(),
                                view->mapToGlobal(view->rect().center()));
        QApplication::sendEvent(view, &asked);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        menu->close();
    }

    void whatAHeadLooksAtIsErasedInOneStep()
    {
        PictureEditor& editor = m_fixture->document().editor();
        QAction* erase = window().painting().commands().at(MaskCommand::EraseHeadLooksAt);
        QTRY_VERIFY(erase->isEnabled());
        erase->trigger();
        QTRY_COMPARE(editor.state().edits.size(), 1u);
        QVERIFY(!editor.state().edits.front().mask.empty());
        editor.undo();
        QVERIFY(editor.state().edits.empty());
        QVERIFY(m_fixture->settle());
    }

    void nothingIsErasedInAnotherPicture()
    {
        QAction* erase = window().painting().commands().at(MaskCommand::EraseHeadLooksAt);
        QTRY_VERIFY(erase->isEnabled());
        erase->trigger();
        m_fixture->document().setCurrentPicture(2);
        QVERIFY(m_fixture->settle());
        QVERIFY(!m_fixture->document().editor().hasEdits());
    }

    void theSecondWindowGoesAlong()
    {
        m_fixture->restart(); // without edits, so that nobody is asked whether it may close
        QVERIFY(m_fixture->openAll());
        window().show();
        QAction* toggle = m_fixture->action(Command::SecondView);
        auto* second = window().findChild<SecondView*>();
        QVERIFY(second && second->isHidden());
        toggle->trigger();
        QVERIFY(second->isVisible() && second->isWindow());
        ImageView* view = second->imageView();
        QCOMPARE(view->explanation().pictureName, window().centre().imageView()->explanation().pictureName);
        QTest::keyClick(view, Qt::Key_Z);
        QVERIFY(window().view().transform().zoom() != 1);
        QTest::keyClick(view, Qt::Key_F);
        m_fixture->document().setCurrentPicture(0);
        QVERIFY(m_fixture->settle());
        QTRY_COMPARE(view->explanation().pictureName, window().centre().imageView()->explanation().pictureName);
        second->close();
        QVERIFY(!toggle->isChecked());
        toggle->trigger();
        QVERIFY(second->isVisible());
        window().close();
        QVERIFY(second->isHidden());
    }

private:
    MainWindow& window() { return m_fixture->window(); }

    /// Whether it was taken.
    bool drop(const QMimeData& data)
    {
        QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window().centre(), &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent event(QPointF(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        event.ignore();
        QApplication::sendEvent(&window().centre(), &event);
        return event.isAccepted();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestDirectUse)
#include "test_direct_use.moc"
