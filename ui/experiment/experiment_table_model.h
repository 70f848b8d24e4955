// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "core/data/class_table.h"
#include "ui/experiment/folder_experiment.h"

namespace ocellus {

/// The pictures of an experiment, a row each.
class ExperimentTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// Numbers come before names, which are long.
    enum Column { Picture, LogitChange, Flipped, P, Before, After, TrueClass, Note, ColumnCount };

    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void clear(const ClassTable& table); ///< which names the classes of what is added
    void add(const ExperimentFinding& finding);
    const std::vector<ExperimentFinding>& findings() const { return m_findings; }
    const ClassTable& table() const { return m_table; }
    /// "Robin", of a class of table().
    QString className(int classIndex) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const ExperimentRow& row, int column) const;
    static int classIn(const ExperimentRow& row, int column);
    static QVariant sortKey(const ExperimentRow& row, int column, const QString& text);

    ClassTable m_table;
    std::vector<ExperimentFinding> m_findings;
};

} // namespace ocellus
