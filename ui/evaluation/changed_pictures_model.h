// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <QAbstractTableModel>

#include "core/evaluation/comparison_report.h"

namespace ocellus {

/// The pictures that two models name differently, a row each.
class ChangedPicturesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Picture, TrueClass, First, Second, Right, ColumnCount };
    enum class Kind { All, OnlyFirstRight, OnlySecondRight };

    using QAbstractTableModel::QAbstractTableModel;

    /// `paths` by the names in the report.
    void setReport(const ComparisonReport& report, const std::map<std::string, std::filesystem::path>& paths);
    void showKind(Kind kind);
    std::filesystem::path path(int row) const; ///< empty outside

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        NamedTwice picture;
        std::filesystem::path path;
    };

    void select();
    QString text(const NamedTwice& picture, int column) const;

    std::vector<Row> m_rows;
    std::vector<std::size_t> m_shown;
    Kind m_kind = Kind::All;
};

} // namespace ocellus
