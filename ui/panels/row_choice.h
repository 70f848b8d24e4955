// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPersistentModelIndex>

class QAbstractItemView;
class QAbstractProxyModel;

namespace ocellus {

/// The row that the user chose in a filtered view: it follows keys and mouse at once, and stays chosen when a filter,
/// a new order or new rows move or hide it, where Qt would move on to a neighbour.
class RowChoice : public QObject {
    Q_OBJECT

public:
    /// Gives the view its model; the current cell is kept in `column`.
    RowChoice(QAbstractItemView* view, QAbstractProxyModel* proxy, int column, QObject* parent);

    /// Selects a source row without a signal; one outside the model selects none.
    void setRow(int sourceRow);
    /// -1 for none.
    int row() const;
    /// Now, and once the view is laid out.
    void scrollToChosen();

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void chosen(int sourceRow);

private:
    void currentChanged(const QModelIndex& current);
    void restore();

    QAbstractItemView* m_view;
    QAbstractProxyModel* m_proxy;
    int m_column;
    QPersistentModelIndex m_chosen; ///< of the source
    bool m_muted = false;
};

} // namespace ocellus
