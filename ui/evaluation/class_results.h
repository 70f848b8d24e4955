// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include "core/analysis/evaluation.h"

class QSortFilterProxyModel;
class QTableView;

namespace ocellus {

class NumberTableModel;

/// An evaluation class by class, in a table that sorts by any of its numbers and can be searched by name.
class ClassResults : public QWidget {
    Q_OBJECT

public:
    explicit ClassResults(QWidget* parent = nullptr);

    /// `names` by class index.
    void setEvaluation(const Evaluation& evaluation, const QStringList& names);
    /// Else class indices mean nothing to the rest of the window.
    void setIsOfOpenModel(bool isOf);
    NumberTableModel* rows() const { return m_rows; }

signals:
    void classActivated(int classIndex);

private:
    NumberTableModel* m_rows;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
};

} // namespace ocellus
