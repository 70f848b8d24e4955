// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/room_splitter.h"

#include <utility>

#include <QEvent>

namespace ocellus {

RoomSplitter::RoomSplitter(Rule rule, QWidget* parent) : QSplitter(parent), m_rule(std::move(rule))
{
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, [this] { m_overridden = true; });
}

void RoomSplitter::share()
{
    if (m_overridden || count() != 2 || widget(0)->isHidden() || widget(1)->isHidden())
        return;
    const RoomSharing sharing = m_rule(size(), handleWidth());
    const int length = sharing.orientation == Qt::Horizontal ? width() : height();
    setOrientation(sharing.orientation);
    setSizes({sharing.large, length - sharing.large - handleWidth()});
}

void RoomSplitter::resizeEvent(QResizeEvent* event)
{
    QSplitter::resizeEvent(event);
    share();
}

void RoomSplitter::childEvent(QChildEvent* event)
{
    QSplitter::childEvent(event);
    if (count() == 2) {
        handle(1)->installEventFilter(this);
        handle(1)->setToolTip(tr("Drag to divide the room; double click for the largest pictures"));
    }
}

bool RoomSplitter::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::MouseButtonDblClick)
        return QSplitter::eventFilter(watched, event);
    m_overridden = false;
    share();
    return true;
}

} // namespace ocellus
