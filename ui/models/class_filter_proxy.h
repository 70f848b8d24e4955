// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QSortFilterProxyModel>
#include <QString>

namespace ocellus {

class ClassListModel;

/// The class list as shown: filtered by text, pinned classes first, excluded
/// ones and those without a value last. It asks the model
/// itself rather than its roles: ten thousand classes are found and sorted within a frame.
class ClassFilterProxy : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ClassFilterProxy(ClassListModel& model, QObject* parent = nullptr);

    /// What ClassSearch::find finds.
    void setFilterText(const QString& text);
    /// The `filter` limit: only active classes, and pinned ones, are shown.
    void setOnlyActive(bool onlyActive);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    void search();

    ClassListModel& m_model;
    QString m_text;
    std::vector<bool> m_found; // one a row of the model; empty where all are shown
    bool m_onlyActive = false;
};

} // namespace ocellus
