// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/history_model.h"

#include <QApplication>
#include <QFont>
#include <QPalette>

#include "ui/document/edit_name.h"
#include "ui/document/picture_editor.h"

namespace ocellus {

HistoryModel::HistoryModel(PictureEditor& editor, QObject* parent) : QAbstractListModel(parent), m_editor(editor)
{
    connect(&editor, &PictureEditor::changed, this, &HistoryModel::takeHistory);
    takeHistory();
}

void HistoryModel::takeHistory()
{
    const int rows = static_cast<int>(m_editor.history().stepCount()) + 1;
    m_position = static_cast<int>(m_editor.history().position());
    m_updating = true;
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    emit dataChanged(index(0), index(m_rows - 1));
    m_updating = false;
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    const EditHistory& history = m_editor.history();
    if (!index.isValid() || index.row() > static_cast<int>(history.stepCount()))
        return {};
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole:
        return row == 0 ? tr("Start") : shownName(history.stepName(static_cast<std::size_t>(row - 1)));
    case Qt::AccessibleTextRole: return row > m_position ? tr("%1, undone").arg(data(index).toString()) : data(index);
    case Qt::ForegroundRole:
        return row > m_position ? QApplication::palette().brush(QPalette::Disabled, QPalette::Text) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(row == m_position);
        return font;
    }
    default: return {};
    }
}

} // namespace ocellus
