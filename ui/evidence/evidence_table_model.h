// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "core/explain/evidence_sheet.h"

namespace ocellus {

/// A line for each map of a sheet: its verdict, and each test's number with its null.
class EvidenceTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// The maps that there are, tested or not.
    void setSheet(const EvidenceSheet& sheet, const std::vector<EvidenceMap>& maps);
    const std::vector<EvidenceMap>& maps() const { return m_maps; }
    int rowOf(const EvidenceMap& map) const; ///< -1 where it has none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    EvidenceSheet m_sheet;
    std::vector<EvidenceMap> m_maps;
    std::vector<EvidenceTest> m_tests; ///< that any of them had
};

} // namespace ocellus
