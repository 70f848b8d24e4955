// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/mask_list_model.h"

#include "ui/document/edit_name.h"
#include "ui/document/picture_editor.h"

namespace ocellus {

MaskListModel::MaskListModel(PictureEditor& editor, QObject* parent) : QAbstractListModel(parent), m_editor(editor)
{
    connect(&editor, &PictureEditor::changed, this, &MaskListModel::takeMasks);
    takeMasks();
}

void MaskListModel::takeMasks()
{
    const int rows = static_cast<int>(m_editor.state().masks.size());
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    if (m_rows > 0)
        emit dataChanged(index(0), index(m_rows - 1));
}

int MaskListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant MaskListModel::data(const QModelIndex& index, int role) const
{
    const std::vector<NamedMask>& masks = m_editor.state().masks;
    if (!index.isValid() || index.row() >= static_cast<int>(masks.size()))
        return {};
    const NamedMask& mask = masks[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return shownName(mask.name);
    case Qt::EditRole: return QString::fromStdString(mask.name);
    case Qt::ToolTipRole: return regionText(mask.mask);
    default: return {};
    }
}

Qt::ItemFlags MaskListModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? QAbstractListModel::flags(index) | Qt::ItemIsEditable | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

bool MaskListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.row() >= m_rows || role != Qt::EditRole)
        return false;
    const auto row = static_cast<std::size_t>(index.row());
    NamedMask mask = m_editor.state().masks[row];
    const std::string name = keptName(value.toString());
    if (name.empty() || name == mask.name)
        return false;
    mask.name = name;
    m_editor.perform({tr("Rename mask “%1”").arg(shownName(name)).toStdString(), {ReplaceMask{row, mask}}});
    return true;
}

} // namespace ocellus
