// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "ui/training/training_run.h"

namespace ocellus {

/// Training runs beside each other, with those options alone by which they differ.
class RunTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Title, State, Accuracy, Epochs, Time, Differences, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(std::vector<TrainingRun> runs);
    const std::vector<TrainingRun>& runs() const { return m_runs; }
    const TrainingRun& run(int row) const { return m_runs.at(static_cast<std::size_t>(row)); }
    int rowOf(const std::filesystem::path& folder) const; ///< -1 where it is none of them

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<TrainingRun> m_runs;
    QStringList m_differences; ///< one a run
};

/// Of each run the options that not all of them have: "--epochs 14 --lr 5e-4".
QStringList differencesOf(const std::vector<TrainingRun>& runs);

} // namespace ocellus
