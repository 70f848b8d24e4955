// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QString>

#include "ui/models/menu_subject.h"

namespace ocellus {

/// A table with a name and numbers in each row, which sorts by the numbers and shows them as people read them.
class NumberTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// How a column's numbers are written.
    struct Column {
        QString title;
        QString explanation; ///< tool tip of the title
        int decimals = 2;
        bool isChange = false; ///< with a sign
    };
    /// As many values as there are columns after the first; none is shown as a dash.
    struct Row {
        int key = 0; ///< what the row is about, for whoever gave it
        QString name;
        std::vector<std::optional<double>> values;
        bool isMarked = false; ///< in bold
    };

    static constexpr int SortRole = Qt::UserRole;    ///< number, or name
    static constexpr int KeyRole = Qt::UserRole + 1; ///< Row::key

    /// `names` is the title of the first column; as `subject`, a row's key is what a menu is about, if of
    /// anything that menus know.
    NumberTableModel(const QString& names, std::optional<SubjectRole> subject, std::vector<Column> columns,
                     QObject* parent = nullptr);

    void setRows(std::vector<Row> rows);
    void setSubject(std::optional<SubjectRole> subject) { m_subject = subject; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QVariant value(const Row& row, int column, int role) const;

    QString m_names;
    std::optional<SubjectRole> m_subject;
    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
};

} // namespace ocellus
