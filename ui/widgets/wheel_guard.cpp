// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wheel_guard.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QScrollBar>
#include <QTabBar>

namespace ocellus {

namespace {

/// The widget, where the wheel would change what it is set to.
QWidget* controlOf(QObject* object)
{
    const bool isControl = qobject_cast<QAbstractSpinBox*>(object) || qobject_cast<QComboBox*>(object) ||
                           qobject_cast<QTabBar*>(object) ||
                           (qobject_cast<QAbstractSlider*>(object) && !qobject_cast<QScrollBar*>(object));
    return isControl ? static_cast<QWidget*>(object) : nullptr;
}

} // namespace

WheelGuard::WheelGuard(QObject* parent) : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show) {
        // Else the turn would bring the focus that it needs.
        if (QWidget* control = controlOf(watched); control && control->focusPolicy() == Qt::WheelFocus)
            control->setFocusPolicy(Qt::StrongFocus);
    } else if (event->type() == QEvent::Wheel) {
        if (const QWidget* control = controlOf(watched); control && !control->hasFocus()) {
            event->ignore(); // so that its parent gets it
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ocellus
