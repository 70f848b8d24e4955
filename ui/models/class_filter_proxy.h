// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QString>

namespace ocellus {

/// The class list as shown: filtered by text, pinned classes first, classes without a value last.
class ClassFilterProxy : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ClassFilterProxy(QObject* parent = nullptr);

    /// Every word must occur in the name, the Latin name or the index; upper and lower case are the same.
    void setFilterText(const QString& text);
    /// The `filter` limit: only active classes, and pinned ones, are shown.
    void setOnlyActive(bool onlyActive);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QStringList m_words;
    bool m_onlyActive = false;
};

} // namespace ocellus
