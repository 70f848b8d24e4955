// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/held_keys.h"

#include <vector>

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QWidget>

#include "ui/widgets/linked_view.h"

namespace ocellus {

HeldKeys::HeldKeys(QWidget* window, LinkedView& view, WindowActions& actions)
    : QObject(window),
      m_window(window),
      m_view(view),
      m_actions(actions)
{
    for (const Command command : {Command::HideMaps, Command::ShowBefore, Command::Loupe})
        connect(m_actions.at(command), &QAction::triggered, this, [this, command] { press(command); });
    // A key's release goes to whatever has the focus by then.
    QCoreApplication::instance()->installEventFilter(this);
}

HeldKeys::~HeldKeys()
{
    delete m_loupe;
}

bool HeldKeys::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!key->isAutoRepeat() && key->key() != m_keyDown) {
            releaseKey(0);
            m_keyDown = key->key();
        }
        if (watched == m_window && event->type() == QEvent::KeyPress && key->key() == Qt::Key_Escape)
            for (LinkedView* view : views())
                view->clearCrosshair();
        break;
    }
    case QEvent::KeyRelease: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!key->isAutoRepeat()) {
            releaseKey(key->key());
            m_keyDown = 0;
        }
        break;
    }
    case QEvent::MouseButtonPress: releaseKey(0); break;
    case QEvent::ApplicationDeactivate:
    case QEvent::WindowDeactivate:
        // A release in another window never comes here.
        releaseAll();
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void HeldKeys::press(Command command)
{
    const QKeySequence keys = m_actions.at(command)->shortcut();
    const bool isByKey = !keys.isEmpty() && m_keyDown != 0 && keys[0].key() == m_keyDown;
    m_held[command] = isByKey ? m_keyDown : 0;
    apply(command, true);
}

void HeldKeys::release(Command command)
{
    if (m_held.erase(command) > 0)
        apply(command, false);
}

void HeldKeys::releaseAll()
{
    m_keyDown = 0;
    while (!m_held.empty())
        release(m_held.begin()->first);
}

void HeldKeys::releaseKey(int key)
{
    std::vector<Command> released;
    for (const auto& [command, heldBy] : m_held)
        if (heldBy == key)
            released.push_back(command);
    for (const Command command : released)
        release(command);
}

QList<LinkedView*> HeldKeys::views() const
{
    return m_window->findChildren<LinkedView*>() << &m_view;
}

void HeldKeys::apply(Command command, bool held)
{
    for (LinkedView* view : views()) {
        if (command == Command::HideMaps)
            view->setOverlayVisible(!held);
        else if (command == Command::ShowBefore)
            view->setBeforeShown(held);
    }
    if (command == Command::Loupe) {
        if (!m_loupe)
            m_loupe = new Loupe(m_window);
        m_loupe->setHeld(held);
    }
    emit changed(command, held);
}

} // namespace ocellus
