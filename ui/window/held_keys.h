// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include <QObject>
#include <QPointer>

#include "ui/widgets/loupe.h"
#include "ui/window/window_actions.h"

namespace ocellus {

class LinkedView;

/// What every view of the window shows while a key is held, whatever has the focus: no maps, the picture before its
/// edits, the loupe. Chosen from the menu, it stays until the next click or key. Escape that nothing else takes removes
/// every crosshair.
class HeldKeys : public QObject {
    Q_OBJECT

public:
    /// `window` owns this object and the views, but for `view`; all must outlive it.
    HeldKeys(QWidget* window, LinkedView& view, WindowActions& actions);
    ~HeldKeys() override;

    const Loupe* loupe() const { return m_loupe; } ///< null until it was held

signals:
    void changed(ocellus::Command command, bool held);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void press(Command command);
    void release(Command command);
    void releaseAll();
    void releaseKey(int key);
    void apply(Command command, bool held);
    QList<LinkedView*> views() const;

    QWidget* m_window;
    LinkedView& m_view;
    WindowActions& m_actions;
    QPointer<Loupe> m_loupe;       ///< it lies over whichever window the mouse is in
    int m_keyDown = 0;             ///< the last that was pressed and not released; 0 for none
    std::map<Command, int> m_held; ///< the key that holds it; 0 without one
};

} // namespace ocellus
