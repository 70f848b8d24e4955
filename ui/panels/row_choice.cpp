// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/row_choice.h"

#include <QAbstractItemView>
#include <QAbstractProxyModel>
#include <QEvent>
#include <QItemSelectionModel>

namespace ocellus {

RowChoice::RowChoice(QAbstractItemView* view, QAbstractProxyModel* proxy, int column, QObject* parent)
    : QObject(parent),
      m_view(view),
      m_proxy(proxy),
      m_column(column)
{
    // Connected before the view listens to the proxy: it moves its current row while rows are about to go.
    const auto mute = [this] { m_muted = true; };
    connect(proxy, &QAbstractItemModel::rowsAboutToBeRemoved, this, mute);
    connect(proxy, &QAbstractItemModel::modelAboutToBeReset, this, mute);
    connect(proxy, &QAbstractItemModel::layoutAboutToBeChanged, this, mute);
    view->setModel(proxy);
    view->installEventFilter(this);
    connect(proxy, &QAbstractItemModel::rowsRemoved, this, &RowChoice::restore);
    connect(proxy, &QAbstractItemModel::rowsInserted, this, &RowChoice::restore);
    connect(proxy, &QAbstractItemModel::modelReset, this, &RowChoice::restore);
    connect(proxy, &QAbstractItemModel::layoutChanged, this, &RowChoice::restore);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RowChoice::currentChanged);
}

void RowChoice::setRow(int sourceRow)
{
    m_chosen = m_proxy->sourceModel()->index(sourceRow, m_column);
    restore();
    scrollToChosen();
}

void RowChoice::scrollToChosen()
{
    if (!m_view->currentIndex().isValid())
        return;
    m_view->scrollTo(m_view->currentIndex());
    // A view that is not laid out yet, or is about to be, cannot know where the row will be.
    QMetaObject::invokeMethod(
        m_view,
        [view = m_view, row = m_view->currentIndex().row()] {
            if (view->currentIndex().row() == row)
                view->scrollTo(view->currentIndex());
        },
        Qt::QueuedConnection);
}

int RowChoice::row() const
{
    return m_chosen.isValid() ? m_chosen.row() : -1;
}

bool RowChoice::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_view || event->type() != QEvent::FocusIn)
        return QObject::eventFilter(watched, event);
    // A view that gets the focus makes its first row current: coming by is no choice.
    m_muted = true;
    watched->event(event);
    restore();
    return true;
}

void RowChoice::currentChanged(const QModelIndex& current)
{
    if (m_muted || !current.isValid())
        return;
    const int sourceRow = m_proxy->mapToSource(current).row();
    m_chosen = m_proxy->sourceModel()->index(sourceRow, m_column);
    emit chosen(sourceRow);
}

void RowChoice::restore()
{
    m_muted = true;
    QItemSelectionModel* selection = m_view->selectionModel();
    const QModelIndex place = m_proxy->mapFromSource(m_chosen);
    if (!place.isValid())
        selection->clear();
    else if (selection->currentIndex().row() != place.row()) {
        // Rows that changed places are no choice either: what is at the top of the list stays in sight.
        const bool scrolls = m_view->hasAutoScroll();
        m_view->setAutoScroll(false);
        selection->setCurrentIndex(place, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_view->setAutoScroll(scrolls);
    }
    m_muted = false;
}

} // namespace ocellus
