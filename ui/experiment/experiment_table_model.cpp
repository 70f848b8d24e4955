// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_table_model.h"

#include <limits>

#include <QFile>
#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include "ui/figures/contact_sheet.h"
#include "ui/figures/control_text.h"
#include "ui/figures/edit_comparison.h"
#include "ui/figures/number_text.h"
#include "ui/models/menu_subject.h"

namespace ocellus {

void ExperimentTableModel::clear(const ClassTable& table)
{
    beginResetModel();
    m_table = table;
    m_findings.clear();
    endResetModel();
}

void ExperimentTableModel::add(const ExperimentFinding& finding)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_findings.push_back(finding);
    endInsertRows();
}

QString ExperimentTableModel::className(int classIndex) const
{
    return QString::fromStdString(displayName(m_table.entries.at(static_cast<std::size_t>(classIndex)).name));
}

int ExperimentTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int ExperimentTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ExperimentTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ExperimentFinding& finding = m_findings.at(static_cast<std::size_t>(index.row()));
    const ExperimentRow& row = finding.row;
    if (role == PictureSubject)
        return QFile::decodeName(finding.path.c_str());
    if (role == ClassSubject)
        return classIn(row, index.column());
    if (role == Qt::ToolTipRole && index.column() == P)
        return fewControlsText(row.controls.size());
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return text(row, index.column());
    if (role == SortRole)
        return sortKey(row, index.column(), text(row, index.column()));
    if (role == Qt::TextAlignmentRole && (index.column() == LogitChange || index.column() == P))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    // A p that could not have been small is no finding.
    if (role == Qt::ForegroundRole && index.column() == P && !fewControlsText(row.controls.size()).isEmpty())
        return QGuiApplication::palette().color(QPalette::PlaceholderText);
    if (role == Qt::FontRole && row.isDone() && row.flipped() && index.column() != P) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    return {};
}

/// The class that a cell names; -1 for none.
int ExperimentTableModel::classIn(const ExperimentRow& row, int column)
{
    if (!row.isDone())
        return -1;
    if (column == After)
        return row.predictedAfter;
    if (column == TrueClass)
        return row.trueClass ? row.trueClass->classIndex : -1;
    return row.predicted.classIndex;
}

QString ExperimentTableModel::text(const ExperimentRow& row, int column) const
{
    if (column == Picture)
        return QString::fromStdString(row.picture);
    if (column == Note && !row.isDone())
        return row.error.empty() ? tr("skipped: %1").arg(QString::fromStdString(row.skipped))
                                 : tr("failed: %1").arg(QString::fromStdString(row.error));
    if (!row.isDone())
        return {};
    switch (column) {
    case TrueClass: return row.trueClass ? className(row.trueClass->classIndex) : QString();
    case Before: return answerText(className(row.predicted.classIndex), row.predicted.before.probability);
    case After: return answerText(className(row.predictedAfter), row.probabilityAfter);
    case LogitChange: return changeText(row.predicted.change().logit);
    case Flipped: return row.flipped() ? tr("yes") : tr("no");
    case P: {
        const std::optional<double> p = controlP(row, &ClassStanding::logit);
        if (!p)
            return QStringLiteral("–");
        return row.controls.size() < controlsForFivePercent
                   ? tr("%1 (least: %2)").arg(fixedText(*p, 3), fixedText(leastP(row.controls.size()), 3))
                   : fixedText(*p, 3);
    }
    default: break;
    }
    return QString::fromStdString(row.controlShortfall);
}

QVariant ExperimentTableModel::sortKey(const ExperimentRow& row, int column, const QString& text)
{
    if (column != LogitChange && column != P)
        return text;
    constexpr double last = std::numeric_limits<double>::infinity();
    if (!row.isDone())
        return last;
    return column == P ? controlP(row, &ClassStanding::logit).value_or(last) : row.predicted.change().logit;
}

QVariant ExperimentTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole) {
        if (section == LogitChange)
            return tr("Of the class predicted before the edit");
        if (section == P)
            return tr("p = (1 + controls with at least the edit's change of the logit) / (controls + 1), so with n "
                      "controls the "
                      "least is 1 / (n + 1); – where there are none");
        return {};
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Picture: return tr("Picture");
    case TrueClass: return tr("True class");
    case Before: return tr("Before");
    case After: return tr("After");
    case LogitChange: return tr("Logit change");
    case Flipped: return tr("Flipped");
    case P: return tr("p");
    default: return tr("Note");
    }
}

} // namespace ocellus
