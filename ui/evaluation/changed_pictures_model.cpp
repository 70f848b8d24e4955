// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/changed_pictures_model.h"

#include "core/data/class_table.h"
#include "ui/engine/paths.h"
#include "ui/models/menu_subject.h"

namespace ocellus {

void ChangedPicturesModel::setReport(const ComparisonReport& report,
                                     const std::map<std::string, std::filesystem::path>& paths)
{
    beginResetModel();
    m_rows.clear();
    for (const NamedTwice& picture : report.pictures)
        if (const auto path = paths.find(picture.picture); picture.isChanged() && path != paths.end())
            m_rows.push_back({picture, path->second});
    select();
    endResetModel();
}

void ChangedPicturesModel::showKind(Kind kind)
{
    beginResetModel();
    m_kind = kind;
    select();
    endResetModel();
}

void ChangedPicturesModel::select()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const NamedTwice& picture = m_rows[i].picture;
        if (m_kind == Kind::All || (m_kind == Kind::OnlyFirstRight ? picture.firstIsRight : picture.secondIsRight))
            m_shown.push_back(i);
    }
}

std::filesystem::path ChangedPicturesModel::path(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[m_shown[static_cast<std::size_t>(row)]].path : std::filesystem::path();
}

int ChangedPicturesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ChangedPicturesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ChangedPicturesModel::text(const NamedTwice& picture, int column) const
{
    const auto shown = [](const std::string& name) { return QString::fromStdString(displayName(name)); };
    switch (column) {
    case Picture: return toQString(std::filesystem::path(picture.picture).filename());
    case TrueClass: return shown(picture.trueClass);
    case First: return shown(picture.first);
    case Second: return shown(picture.second);
    default: return picture.firstIsRight ? tr("this model") : picture.secondIsRight ? tr("the other") : tr("neither");
    }
}

QVariant ChangedPicturesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[m_shown[static_cast<std::size_t>(index.row())]];
    if (role == Qt::DisplayRole)
        return text(row.picture, index.column());
    if (role == Qt::ToolTipRole)
        return Qt::convertFromPlainText(index.column() == Picture ? toQString(row.path)
                                                                  : text(row.picture, index.column()));
    if (role == PictureSubject)
        return toQString(row.path);
    return {};
}

QVariant ChangedPicturesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Picture: return tr("Picture");
    case TrueClass: return tr("What it is");
    case First: return tr("This model");
    case Second: return tr("The other");
    default: return tr("Right is");
    }
}

} // namespace ocellus
