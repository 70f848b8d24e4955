// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace ocellus {

/// Leaves to the panel and to the window what a control in a scrolling panel would take from them: turns of the wheel
/// while the control has no focus, and the keys of undo and redo.
class ControlGuard : public QObject {
public:
    /// Of the control and of all that is in it.
    static void protect(QWidget* control);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using QObject::QObject;
};

} // namespace ocellus
