// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>
#include <map>
#include <set>

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QScopeGuard>
#include <QShortcutEvent>
#include <QTabBar>
#include <QTest>
#include <QTextEdit>

#include "core/edit/mask_shapes.h"
#include "tests/window/window_fixture.h"
#include "ui/tools/painting.h"
#include "ui/tour/tour_panel.h"
#include "ui/window/central_view.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

namespace {

/// Sees what a key would do, and keeps it from being done.
class KeyWatcher : public QObject {
public:
    struct Seen {
        QObject* command = nullptr; ///< that the key belongs to; null where the widget in focus got it
        bool isAmbiguous = false;
    };

    KeyWatcher() { QCoreApplication::instance()->installEventFilter(this); }

    Seen press(QWidget* focus, const QKeyCombination& keys)
    {
        m_seen = {};
        QTest::keyPress(focus, keys.key(), keys.keyboardModifiers());
        QTest::keyRelease(focus, keys.key(), keys.keyboardModifiers());
        return m_seen;
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Shortcut) {
            m_seen = {watched, static_cast<QShortcutEvent*>(event)->isAmbiguous()};
            return true;
        }
        return event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
    }

private:
    Seen m_seen;
};

QString nameOf(const QObject* object)
{
    if (const auto* action = qobject_cast<const QAction*>(object))
        return "command \"" + action->text().remove('&') + '"';
    if (const auto* widget = qobject_cast<const QWidget*>(object))
        return QString("%1 \"%2\"").arg(widget->metaObject()->className(), widget->accessibleName());
    return object ? object->metaObject()->className() : QString("nothing");
}

bool takesText(const QWidget* widget)
{
    const auto* combo = qobject_cast<const QComboBox*>(widget);
    return (combo && combo->isEditable()) || qobject_cast<const QLineEdit*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QPlainTextEdit*>(widget) ||
           qobject_cast<const QTextEdit*>(widget);
}

/// What a user can type in one go, without Tab and the keys that belong to Alt and a menu.
std::vector<QKeyCombination> allKeys()
{
    std::vector<QKeyCombination> keys;
    std::vector<Qt::Key> plain{
        Qt::Key_Delete, Qt::Key_Backspace,   Qt::Key_Escape,       Qt::Key_Return,    Qt::Key_Space,
        Qt::Key_Up,     Qt::Key_Down,        Qt::Key_Left,         Qt::Key_Right,     Qt::Key_Home,
        Qt::Key_End,    Qt::Key_PageUp,      Qt::Key_PageDown,     Qt::Key_Comma,     Qt::Key_Period,
        Qt::Key_Plus,   Qt::Key_Minus,       Qt::Key_Equal,        Qt::Key_Slash,     Qt::Key_Backslash,
        Qt::Key_Insert, Qt::Key_BracketLeft, Qt::Key_BracketRight, Qt::Key_BraceLeft, Qt::Key_BraceRight};
    for (int key = Qt::Key_A; key <= Qt::Key_Z; ++key)
        plain.push_back(static_cast<Qt::Key>(key));
    for (int key = Qt::Key_0; key <= Qt::Key_9; ++key)
        plain.push_back(static_cast<Qt::Key>(key));
    for (int key = Qt::Key_F1; key <= Qt::Key_F12; ++key)
        plain.push_back(static_cast<Qt::Key>(key));
    for (const Qt::Key key : plain)
        for (const Qt::KeyboardModifiers modifiers :
             {Qt::KeyboardModifiers(Qt::NoModifier), Qt::KeyboardModifiers(Qt::ShiftModifier),
              Qt::KeyboardModifiers(Qt::ControlModifier), Qt::ControlModifier | Qt::ShiftModifier,
              Qt::ControlModifier | Qt::AltModifier})
            keys.emplace_back(modifiers, key);
    for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right})
        keys.emplace_back(Qt::AltModifier, key);
    return keys;
}

QStringList mnemonicsOf(const QList<QAction*>& actions)
{
    QStringList letters;
    for (const QAction* action : actions)
        if (const QKeySequence key = QKeySequence::mnemonic(action->text()); !key.isEmpty() && action->isVisible())
            letters << key.toString();
    return letters;
}

} // namespace

/// Every key does one thing, wherever the focus is.
class TestKeys : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(m_fixture->openAll());
        QVERIFY(m_fixture->finishPredictions());
        PictureEditor& editor = m_fixture->document().editor();
        QTRY_VERIFY(editor.isReady());
        editor.addEdit({"Spot", rectangleMask(editor.pictureSize(), {8, 8, 16, 16}), Brightness{0.3}});
        editor.selectEdit(-1);
        editor.setActiveMask("Brush", rectangleMask(editor.pictureSize(), {30, 8, 16, 16}));
        QVERIFY(m_fixture->settle());
        m_fixture->window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_fixture->window()));
    }

    /// Also where they are not available together now: they may be at another time.
    void noTwoCommandsOfTheWindowShareAKey()
    {
        std::map<QString, const QAction*> owners;
        const QList<QAction*> all = everyAction();
        for (const QAction* action : std::set<const QAction*>(all.begin(), all.end())) {
            if (action->shortcutContext() != Qt::WindowShortcut && action->shortcutContext() != Qt::ApplicationShortcut)
                continue;
            for (const QKeySequence& key : action->shortcuts()) {
                const auto [known, isNew] = owners.emplace(key.toString(), action);
                QVERIFY2(
                    isNew,
                    qPrintable(
                        QString("%1 is of %2 and of %3").arg(key.toString(), nameOf(known->second), nameOf(action))));
            }
        }
        QVERIFY(owners.size() > 40);
    }

    void noKeyIsAmbiguousInAnyFocus()
    {
        KeyWatcher watcher;
        std::set<const QObject*> reached;
        QStringList faults;
        for (const ToolKind tool : {ToolKind::Point, ToolKind::Brush, ToolKind::Polygon}) {
            m_fixture->window().painting().tools().choose(tool);
            inEveryFocus([&](QWidget* focus) {
                for (const QKeyCombination& keys : m_keys) {
                    const KeyWatcher::Seen seen = watcher.press(focus, keys);
                    reached.insert(seen.command);
                    if (seen.isAmbiguous)
                        faults << QString("%1 in %2: %3 and another")
                                      .arg(QKeySequence(keys).toString(), nameOf(focus), nameOf(seen.command));
                }
            });
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
        QVERIFY(reached.size() > 40);
    }

    /// A widget that takes a key from the window's commands does so in the same sense, or for text.
    void noWidgetTakesTheKeyOfACommand()
    {
        KeyWatcher watcher;
        QStringList faults;
        for (const ToolKind tool : {ToolKind::Point, ToolKind::Brush}) {
            m_fixture->window().painting().tools().choose(tool);
            inEveryFocus([&](QWidget* focus) {
                if (takesText(focus))
                    return;
                for (const auto& [key, action] : availableCommands()) {
                    const KeyWatcher::Seen seen = watcher.press(focus, key[0]);
                    if (seen.command == action)
                        continue;
                    faults << QString("%1 in %2: %3 instead of %4")
                                  .arg(key.toString(), nameOf(focus), nameOf(seen.command), nameOf(action));
                }
            });
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }

    void mnemonicsOfAMenuDiffer()
    {
        QStringList faults;
        const auto check = [&faults](const QString& menu, const QStringList& letters) {
            for (const QString& letter : letters)
                if (letters.count(letter) > 1)
                    faults << menu + ": " + letter;
        };
        check("menu bar", mnemonicsOf(m_fixture->window().menuBar()->actions()));
        for (QMenu* menu : m_fixture->window().findChildren<QMenu*>()) {
            emit menu->aboutToShow();
            check(menu->title(), mnemonicsOf(menu->actions()));
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }

    /// With Alt a letter does one thing: it does not choose between what is seen at the same time.
    void lettersThatAreSeenTogetherDiffer()
    {
        MainWindow& window = m_fixture->window();
        window.resize(1600, 1000);
        TourPanel* tour = window.centre().tour();
        tour->showPage({"A step", "What is to be done.", "Ne&xt", "End the tour", true});
        const auto end = qScopeGuard([&] {
            tour->hide();
            window.workspaces().show(WorkspaceId::Look);
        });
        QStringList faults;
        int seen = 0;
        for (const Workspace& workspace : window.workspaces().all()) {
            window.workspaces().show(workspace.id);
            for (QWidget* page : workspace.pages) {
                window.workspaces().showPage(page);
                // Pages are filled when they are seen.
                QVERIFY(QTest::qWaitFor([&] { return page->isVisible(); }));
                QVERIFY(m_fixture->settle());
                QCoreApplication::processEvents();
                std::map<QString, QStringList> letters = visibleLetters();
                seen += static_cast<int>(letters.size());
                for (const auto& [letter, owners] : letters)
                    if (owners.size() > 1)
                        faults << QString("%1, page %2: %3 is of %4")
                                      .arg(workspace.key)
                                      .arg(workspace.pages.indexOf(page) + 1)
                                      .arg(letter, owners.join(" and of "));
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
        QVERIFY(seen > 100);
    }

    void theMenuBarsLettersAreNoPanels()
    {
        KeyWatcher watcher;
        QStringList faults;
        const QStringList letters = mnemonicsOf(m_fixture->window().menuBar()->actions());
        inEveryFocus([&](QWidget* focus) {
            for (const QString& letter : letters) {
                const KeyWatcher::Seen seen = watcher.press(focus, QKeySequence(letter)[0]);
                if (seen.isAmbiguous || seen.command != m_fixture->window().menuBar())
                    faults << letter + ": " + nameOf(seen.command);
            }
        });
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }

private:
    /// Of the menu bar, buttons, tabs and labels of fields, each with whose it is.
    std::map<QString, QStringList> visibleLetters()
    {
        MainWindow& window = m_fixture->window();
        std::map<QString, QStringList> letters;
        const auto add = [&letters](const QKeySequence& key, const QString& owner) {
            if (!key.isEmpty())
                letters[key.toString()] << owner;
        };
        for (const QAction* menu : window.menuBar()->actions())
            add(QKeySequence::mnemonic(menu->text()), menu->text());
        for (const QAbstractButton* button : window.findChildren<QAbstractButton*>())
            if (button->isVisible() && button->shortcut() == QKeySequence::mnemonic(button->text()))
                add(button->shortcut(), QString("\"%1\"").arg(button->text()));
        for (const QLabel* label : window.findChildren<QLabel*>())
            if (label->isVisible() && label->buddy())
                add(QKeySequence::mnemonic(label->text()), QString("\"%1\"").arg(label->text()));
        for (const QTabBar* tabs : window.findChildren<QTabBar*>())
            for (int tab = 0; tabs->isVisible() && tab < tabs->count(); ++tab)
                add(QKeySequence::mnemonic(tabs->tabText(tab)), QString("tab \"%1\"").arg(tabs->tabText(tab)));
        return letters;
    }

    using Visit = std::function<void(QWidget*)>;

    /// Gives the focus to what can have it, in every page and every panel; of many alike in one place to three.
    void inEveryFocus(const Visit& visit)
    {
        const auto walk = [&visit](QWidget* place) {
            QCoreApplication::processEvents();
            std::map<QString, int> alike;
            for (QWidget* widget : place->findChildren<QWidget*>()) {
                if (!widget->isVisible() || !widget->isEnabled() || widget->focusPolicy() == Qt::NoFocus)
                    continue;
                widget->setFocus();
                if (widget->hasFocus() && ++alike[widget->metaObject()->className()] <= 3)
                    visit(widget);
            }
        };
        MainWindow& window = m_fixture->window();
        const QList<QAction*> pages = window.centre().pageActions();
        for (QAction* page : pages) {
            page->trigger();
            walk(&window.centre());
        }
        pages.first()->trigger();
        for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
            dock->show();
            dock->raise();
            walk(dock);
        }
    }

    static std::map<QKeySequence, QAction*> commandsOf(const QList<QAction*>& actions)
    {
        std::map<QKeySequence, QAction*> commands;
        for (QAction* action : actions)
            if (action->isEnabled() && action->isVisible() && action->shortcutContext() == Qt::WindowShortcut)
                for (const QKeySequence& key : action->shortcuts())
                    commands.emplace(key, action);
        return commands;
    }

    std::map<QKeySequence, QAction*> availableCommands() { return commandsOf(everyAction()); }

    QList<QAction*> everyAction()
    {
        MainWindow& window = m_fixture->window();
        return window.actions().all() + window.painting().actions() + window.findChildren<QAction*>();
    }

    std::unique_ptr<WindowFixture> m_fixture;
    const std::vector<QKeyCombination> m_keys = allKeys();
};

QTEST_MAIN(TestKeys)
#include "test_keys.moc"
