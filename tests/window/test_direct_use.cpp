// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QDropEvent>
#include <QMimeData>
#include <QTest>

#include "tests/window/window_fixture.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/picture_grid.h"
#include "ui/engine/paths.h"
#include "ui/models/dragged.h"
#include "ui/models/menu_subject.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/pictures_panel.h"
#include "ui/tools/painting.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_pair.h"
#include "ui/widgets/matrix_view.h"
#include "ui/window/central_view.h"
#include "ui/window/second_view.h"

using namespace ocellus;

/// What is dragged, laid over each other, or opened on a second screen.
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
        QTRY_VERIFY_WITH_TIMEOUT(page->matrix() && page->matrix()->rows.size() *
                                                           static_cast<std::size_t>(page->matrix()->columns.size()) ==
                                                       2,
                                 60000);
        // Another picture that is none of them ends it.
        m_fixture->document().setCurrentPicture(1);
        QVERIFY(page->chosen().empty());
        QVERIFY(m_fixture->settle());
    }

    void aRowIsComparedWithTheOneItIsDroppedOn_data()
    {
        QTest::addColumn<bool>("isClass");
        QTest::newRow("classes") << true;
        QTest::newRow("pictures") << false;
    }

    void aRowIsComparedWithTheOneItIsDroppedOn()
    {
        QFETCH(const bool, isClass);
        QAbstractItemView* list =
            isClass ? window().findChild<ClassesPanel*>()->list() : window().findChild<PicturesPanel*>()->list();
        const QModelIndex on = list->model()->index(1, 0), from = list->model()->index(2, 0);
        const auto dragged = [](const QModelIndex& row) {
            const MenuSubject subject = subjectOf(row);
            return std::unique_ptr<QMimeData>(subject.classIndex ? dragOfClasses({*subject.classIndex})
                                                                 : dragOfPictures({subject.picture}));
        };
        QWidget* const before = window().centre().currentPage();
        QVERIFY(!dropOn(*list, on, *dragged(on))); // on itself
        const QModelIndex foreign =
            (isClass ? window().findChild<PicturesPanel*>()->list() : window().findChild<ClassesPanel*>()->list())
                ->model()
                ->index(0, 0);
        QVERIFY(!dropOn(*list, on, *dragged(foreign)));
        QVERIFY(!dropOn(*list, {}, *dragged(from))); // below the rows
        QCOMPARE(window().centre().currentPage(), before);
        QVERIFY(dropOn(*list, on, *dragged(from)));
        if (isClass) {
            auto* page = qobject_cast<ClassComparison*>(window().centre().currentPage());
            QVERIFY(page);
            QCOMPARE(page->classes(), (QList<int>{*subjectOf(on).classIndex, *subjectOf(from).classIndex}));
        } else {
            auto* page = qobject_cast<PictureGrid*>(window().centre().currentPage());
            QVERIFY(page);
            QCOMPARE(page->chosen(), (std::vector{subjectOf(on).picture, subjectOf(from).picture}));
        }
    }

    /// Two pictures, or two classes, laid over each other by the keyboard alone.
    void anyTwoAreSwipedAndBlinked_data()
    {
        QTest::addColumn<bool>("isClass");
        QTest::newRow("classes") << true;
        QTest::newRow("pictures") << false;
    }

    void anyTwoAreSwipedAndBlinked()
    {
        QFETCH(const bool, isClass);
        m_fixture->document().setCurrentPicture(0);
        QVERIFY(m_fixture->settle());
        const std::unique_ptr<QMimeData> data(isClass ? dragOfClasses({2})
                                                      : dragOfPictures({toPath(m_fixture->picture(3))}));
        QVERIFY(drop(*data));
        auto* page = qobject_cast<ComparePage*>(window().centre().currentPage());
        QVERIFY(page);
        QTRY_VERIFY(page->view()->canPair());
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        QTest::keyClick(page, Qt::Key_S, Qt::AltModifier);
        QTRY_VERIFY(page->view()->isPaired());
        PicturePair* pictures = page->view()->pair()->pictures();
        QVERIFY(pictures->isVisible() && pictures->hasFocus() && !page->view()->grid()->isVisible());
        QVERIFY(pictures->arrangement() == PicturePair::Arrangement::Swipe && pictures->canSwipe());
        QVERIFY(m_fixture->action(Command::Enlarge)->isChecked());
        QTest::keyClick(pictures, Qt::Key_Home);
        QCOMPARE(pictures->divider(), 0.0);
        // The maps go along with the head's keys, the zoom with its own.
        QTest::keyClick(pictures, Qt::Key_2);
        QCOMPARE(m_fixture->document().head(), 1);
        QTRY_COMPARE(pictures->headTitle(), QString("Head 2"));
        m_fixture->action(Command::ActualPixels)->trigger();
        QVERIFY(pictures->linked().transform().zoom() != 1);
        QTest::keyClick(pictures, Qt::Key_K, Qt::AltModifier);
        QTRY_VERIFY(pictures->arrangement() == PicturePair::Arrangement::Blink);
        QTRY_VERIFY(pictures->isFirstsTurn());
        QTest::keyClick(pictures, Qt::Key_Escape);
        QVERIFY(!page->view()->isPaired() && page->view()->grid()->isVisible());
        QVERIFY(!m_fixture->action(Command::Enlarge)->isChecked());
    }

    /// A pair that is up says what its maps are: out of date after a cancel, and of the new answer after one.
    void aPairSaysWhatItShows()
    {
        m_fixture->document().setCurrentPicture(0);
        QVERIFY(m_fixture->settle());
        const std::unique_ptr<QMimeData> data(dragOfClasses({2}));
        QVERIFY(drop(*data));
        auto* page = qobject_cast<ClassComparison*>(window().centre().currentPage());
        QTRY_VERIFY(page && page->view()->canPair());
        page->view()->showPair(PicturePair::Arrangement::Blink);
        PicturePair* pictures = page->view()->pair()->pictures();
        QVERIFY(!pictures->isStale());
        m_fixture->document().editor().addEdit({"Brighter", {}, Brightness{0.2}});
        m_fixture->answer().cancel();
        QTRY_VERIFY(m_fixture->answer().isStale() && !m_fixture->answer().isBusy());
        QTRY_VERIFY(pictures->isStale() && page->view()->isPaired());
        QVERIFY(pictures->accessibleDescription().contains("out of date"));
        m_fixture->answer().ask();
        QVERIFY(m_fixture->settle());
        QTRY_VERIFY(!pictures->isStale() && page->view()->isPaired());
        m_fixture->document().editor().undo();
        QVERIFY(m_fixture->settle());
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

    bool dropOn(const QAbstractItemView& list, const QModelIndex& row, const QMimeData& data)
    {
        QWidget* viewport = list.viewport();
        QModelIndex seen = row; // not every column is
        while (seen.isValid() && list.visualRect(seen).isEmpty())
            seen = seen.siblingAtColumn(seen.column() + 1);
        const QPoint place = seen.isValid() ? list.visualRect(seen).center() : QPoint(2, 4000);
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(viewport, &enter);
        QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        event.ignore();
        QApplication::sendEvent(viewport, &event);
        return event.isAccepted();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestDirectUse)
#include "test_direct_use.moc"
