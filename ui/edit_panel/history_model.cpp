// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/history_model.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QFont>
#include <QPalette>

#include "ui/document/edit_name.h"
#include "ui/document/intervention_steps.h"
#include "ui/document/picture_editor.h"

namespace ocellus {

HistoryModel::HistoryModel(PictureEditor& editor, InterventionSteps& interventions, QObject* parent)
    : QAbstractListModel(parent),
      m_editor(editor),
      m_interventions(interventions)
{
    connect(&editor, &PictureEditor::changed, this, &HistoryModel::takeHistory);
    connect(&interventions, &InterventionSteps::changed, this, &HistoryModel::takeHistory);
    takeHistory();
}

std::vector<HistoryModel::Step> HistoryModel::stepsOfNow() const
{
    std::vector<Step> steps;
    const auto& interventions = m_interventions.steps();
    std::size_t next = 0;
    const auto takeInterventionsAt = [&](std::size_t position) {
        for (; next < interventions.size() && interventions[next].position <= position; ++next)
            steps.push_back({Kind::Intervention, next});
    };
    for (std::size_t edit = 0; edit < m_editor.history().stepCount(); ++edit) {
        takeInterventionsAt(edit);
        steps.push_back({Kind::Edit, edit});
    }
    takeInterventionsAt(m_editor.history().stepCount());
    return steps;
}

void HistoryModel::takeHistory()
{
    if (m_moving)
        return;
    std::vector<Step> steps = stepsOfNow();
    const int before = static_cast<int>(m_steps.size());
    const int now = static_cast<int>(steps.size());
    m_updating = true;
    if (now > before) {
        beginInsertRows({}, before + 1, now);
        m_steps = std::move(steps);
        endInsertRows();
    } else if (now < before) {
        beginRemoveRows({}, now + 1, before);
        m_steps = std::move(steps);
        endRemoveRows();
    } else {
        m_steps = std::move(steps);
    }
    m_position = static_cast<int>(m_editor.history().position() + m_interventions.done());
    emit dataChanged(index(0), index(now));
    m_updating = false;
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size()) + 1;
}

std::size_t HistoryModel::countUpTo(int row, Kind kind) const
{
    return static_cast<std::size_t>(std::ranges::count(m_steps.begin(), m_steps.begin() + row, kind, &Step::kind));
}

void HistoryModel::goTo(int row)
{
    const std::size_t interventions = countUpTo(row, Kind::Intervention);
    m_moving = true; // half of the way is no row
    m_editor.goTo(countUpTo(row, Kind::Edit));
    // Where an edit came or went they are gone, with the maps that their cells were chosen on.
    if (interventions <= m_interventions.steps().size())
        m_interventions.goTo(interventions);
    m_moving = false;
    takeHistory();
}

QString HistoryModel::nameOf(const Step& step) const
{
    const EditHistory& history = m_editor.history();
    if (step.kind == Kind::Intervention)
        return step.index < m_interventions.steps().size() ? m_interventions.stepName(step.index) : QString();
    return step.index < history.stepCount() ? shownName(history.stepName(step.index)) : QString();
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole: return row == 0 ? tr("Start") : nameOf(m_steps[static_cast<std::size_t>(row - 1)]);
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
