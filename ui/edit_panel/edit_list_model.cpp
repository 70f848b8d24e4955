// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/edit_list_model.h"

#include <QApplication>
#include <QStyle>

#include "ui/document/edit_name.h"
#include "ui/document/picture_editor.h"
#include "ui/edit_panel/edit_problem.h"
#include "ui/figures/edit_text.h"

namespace ocellus {

namespace {

/// Why each edit cannot be done, as far as that shows without pixels. Empty before the picture is there.
QStringList problemsOf(const EditList& edits, Size picture)
{
    QStringList problems;
    for (const Edit& edit : edits) {
        problems << (edit.enabled ? problemOf(edit, picture) : QString());
        picture = sizeAfter(picture, edit);
    }
    return problems;
}

} // namespace

EditListModel::EditListModel(PictureEditor& editor, QObject* parent) : QAbstractListModel(parent), m_editor(editor)
{
    connect(&editor, &PictureEditor::changed, this, &EditListModel::takeList);
    takeList();
}

void EditListModel::takeList()
{
    const EditList& edits = m_editor.state().edits;
    const Size original = m_editor.originalSize();
    m_problems = problemsOf(edits, original);
    const int rows = static_cast<int>(edits.size());
    m_updating = true;
    // Which row is which edit matters to nobody: the editor knows the selected one.
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
    m_updating = false;
}

int EditListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant EditListModel::data(const QModelIndex& index, int role) const
{
    const EditList& edits = m_editor.state().edits;
    if (!index.isValid() || index.row() >= static_cast<int>(edits.size()))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const Edit& edit = edits[row];
    switch (role) {
    case Qt::DisplayRole: return QStringLiteral("%1. %2\n%3").arg(row + 1).arg(shownName(edit.name), secondLine(row));
    case Qt::EditRole: return QString::fromStdString(edit.name);
    case Qt::CheckStateRole: return edit.enabled ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole: return toolTip(row);
    case Qt::AccessibleTextRole: return QStringLiteral("%1, %2").arg(shownName(edit.name), toolTip(row));
    case Qt::DecorationRole:
        if (!m_problems.value(index.row()).isEmpty())
            return QApplication::style()->standardIcon(QStyle::SP_MessageBoxWarning);
        return {};
    case Qt::ForegroundRole:
        return edit.enabled ? QVariant() : QApplication::palette().brush(QPalette::Disabled, QPalette::Text);
    case ProblemRole: return m_problems.value(index.row());
    default: return {};
    }
}

QString EditListModel::secondLine(std::size_t row) const
{
    const QString problem = m_problems.value(static_cast<int>(row));
    if (!problem.isEmpty())
        return problem;
    const Edit& edit = m_editor.state().edits[row];
    const bool ownName = edit.name != operationKind(edit.operation).toStdString();
    return ownName ? operationName(edit.operation) : operationParameters(edit.operation);
}

QString EditListModel::toolTip(std::size_t row) const
{
    const Edit& edit = m_editor.state().edits[row];
    QStringList lines{operationName(edit.operation)};
    if (!changesGeometry(edit.operation))
        lines << (edit.mask.isNone() ? tr("On the whole picture") : regionText(edit.mask));
    if (!edit.enabled)
        lines << tr("Switched off");
    if (const QString problem = m_problems.value(static_cast<int>(row)); !problem.isEmpty())
        lines << tr("Cannot be done: %1").arg(problem);
    return lines.join(QLatin1Char('\n'));
}

Qt::ItemFlags EditListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsUserCheckable |
           Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

bool EditListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.row() >= m_rows)
        return false;
    const auto row = static_cast<std::size_t>(index.row());
    if (role == Qt::CheckStateRole)
        return enable(row, value.value<Qt::CheckState>() == Qt::Checked);
    return role == Qt::EditRole && rename(row, value.toString());
}

bool EditListModel::rename(std::size_t row, const QString& name)
{
    Edit edit = m_editor.state().edits[row];
    const std::string kept = keptName(name);
    if (kept.empty() || kept == edit.name)
        return false;
    edit.name = kept;
    m_editor.replaceEdit(row, edit, tr("Rename “%1”").arg(shownName(kept)));
    return true;
}

bool EditListModel::enable(std::size_t row, bool on)
{
    Edit edit = m_editor.state().edits[row];
    if (edit.enabled == on)
        return false;
    edit.enabled = on;
    m_editor.replaceEdit(row, edit, (on ? tr("Switch on “%1”") : tr("Switch off “%1”")).arg(shownName(edit.name)));
    return true;
}

bool EditListModel::moveRows(const QModelIndex&, int row, int count, const QModelIndex&, int before)
{
    if (count != 1 || row < 0 || row >= m_rows || before < 0 || before > m_rows || before == row || before == row + 1)
        return false;
    m_editor.moveEdit(static_cast<std::size_t>(row), static_cast<std::size_t>(before > row ? before - 1 : before));
    return true;
}

} // namespace ocellus
