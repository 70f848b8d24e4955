// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/lazy_refresh.h"

#include <utility>

#include <QEvent>
#include <QWidget>

namespace ocellus {

LazyRefresh::LazyRefresh(QWidget* widget, std::function<void()> refresh)
    : QObject(widget),
      m_widget(widget),
      m_refresh(std::move(refresh))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LazyRefresh::refresh);
    widget->installEventFilter(this);
}

void LazyRefresh::ask()
{
    m_outOfDate = true;
    if (m_widget->isVisible())
        m_timer.start(0);
}

bool LazyRefresh::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show && m_outOfDate)
        m_timer.start(0);
    return QObject::eventFilter(watched, event);
}

void LazyRefresh::refresh()
{
    if (!m_outOfDate || !m_widget->isVisible())
        return;
    m_outOfDate = false;
    m_refresh();
}

} // namespace ocellus
