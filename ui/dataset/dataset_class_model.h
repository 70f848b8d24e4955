// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include <QAbstractTableModel>

namespace ocellus {

class DatasetDocument;

/// The classes of a data set with their pictures by section. A name that is written anew renames the class, or merges
/// it with the one that is called so; pictures that are dropped on a class become its own.
class DatasetClassModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, All, Train, Val, Test, ColumnCount };

    /// `dataset` must outlive the model.
    explicit DatasetClassModel(DatasetDocument& dataset, QObject* parent = nullptr);

    const std::string& nameOf(int row) const { return m_rows.at(static_cast<std::size_t>(row)).name; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                         const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

private:
    struct Row {
        std::string name;
        std::array<std::size_t, 4> counts{};
    };

    void follow();

    DatasetDocument& m_dataset;
    std::vector<Row> m_rows;
};

} // namespace ocellus
