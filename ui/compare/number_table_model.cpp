// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/number_table_model.h"

#include <limits>
#include <utility>

#include <QFont>

#include "ui/figures/edit_comparison.h"
#include "ui/figures/number_text.h"

namespace ocellus {

NumberTableModel::NumberTableModel(const QString& names, std::optional<SubjectRole> subject,
                                   std::vector<Column> columns, QObject* parent)
    : QAbstractTableModel(parent),
      m_names(names),
      m_subject(subject),
      m_columns(std::move(columns))
{
}

void NumberTableModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int NumberTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int NumberTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 1;
}

QVariant NumberTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows.at(static_cast<std::size_t>(index.row()));
    if (role == KeyRole || (m_subject && role == *m_subject))
        return row.key;
    if (role == Qt::FontRole && row.isMarked) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    if (index.column() > 0)
        return value(row, index.column(), role);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole || role == SortRole)
        return row.name;
    return {};
}

QVariant NumberTableModel::value(const Row& row, int column, int role) const
{
    const auto at = static_cast<std::size_t>(column - 1);
    const std::optional<double>& number = row.values.at(at);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == SortRole)
        return number.value_or(-std::numeric_limits<double>::infinity());
    if (role != Qt::DisplayRole)
        return {};
    if (!number)
        return QStringLiteral("–");
    if (m_columns[at].isChange)
        return changeText(*number, m_columns[at].decimals);
    return fixedText(*number, m_columns[at].decimals);
}

QVariant NumberTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (section == 0)
        return role == Qt::DisplayRole ? m_names : QVariant();
    const Column& column = m_columns.at(static_cast<std::size_t>(section - 1));
    if (role == Qt::DisplayRole)
        return column.title;
    return role == Qt::ToolTipRole ? column.explanation : QVariant();
}

} // namespace ocellus
