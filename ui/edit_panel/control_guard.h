// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace ocellus {

/// Leaves the keys of undo and redo to the window, which a control with a text would take for its own.
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
