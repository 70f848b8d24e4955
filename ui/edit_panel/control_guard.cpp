// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/control_guard.h"

#include <QKeyEvent>
#include <QWidget>

namespace ocellus {

void ControlGuard::protect(QWidget* control)
{
    auto* guard = new ControlGuard(control);
    QList<QWidget*> widgets = control->findChildren<QWidget*>();
    widgets << control;
    for (QWidget* widget : std::as_const(widgets))
        widget->installEventFilter(guard);
}

bool ControlGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ocellus
