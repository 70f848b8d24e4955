// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_table_model.h"

#include <algorithm>
#include <utility>

#include <QFileInfo>

#include "ui/figures/number_text.h"
#include "ui/training/run_advice.h"
#include "ui/training/training_recipe.h"

namespace ocellus {

namespace {

/// "--lr 5e-4", an option with its value a piece. What is watched meanwhile changes nothing of what is learned.
QStringList pieces(const QStringList& options)
{
    QStringList result;
    bool isOfWatching = false;
    for (const QString& word : options) {
        if (word.startsWith(QLatin1String("--")))
            isOfWatching = word == QLatin1String("--watch-maps");
        if (isOfWatching)
            continue;
        if (word.startsWith(QLatin1String("--")) || result.isEmpty())
            result << word;
        else
            result.last() += ' ' + (word.contains('/') ? QFileInfo(word).fileName() : word);
    }
    return result;
}

QString durationText(double seconds)
{
    const int minutes = static_cast<int>(seconds / 60 + 0.5);
    if (minutes < 1)
        return RunTableModel::tr("%1 s").arg(static_cast<int>(seconds + 0.5));
    return minutes < 120 ? RunTableModel::tr("%1 min").arg(minutes)
                         : RunTableModel::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString epochsText(const TrainingRun& run)
{
    const auto done = static_cast<int>(run.epochs.size());
    const int all = run.status ? run.status->epochs : 0;
    return all > done ? RunTableModel::tr("%1 of %2").arg(done).arg(all) : QString::number(done);
}

} // namespace

QStringList differencesOf(const std::vector<TrainingRun>& runs)
{
    std::vector<QStringList> all;
    for (const TrainingRun& run : runs)
        all.push_back(pieces(run.record.options));
    QStringList result;
    for (const QStringList& own : all) {
        QStringList different;
        for (const QString& piece : own)
            if (!std::ranges::all_of(all, [&piece](const QStringList& other) { return other.contains(piece); }))
                different << piece;
        result << different.join(' ');
    }
    return result;
}

void RunTableModel::setRuns(std::vector<TrainingRun> runs)
{
    const bool isSame = std::ranges::equal(runs, m_runs, {}, &TrainingRun::folder, &TrainingRun::folder);
    if (!isSame)
        beginResetModel();
    m_differences = differencesOf(runs);
    m_runs = std::move(runs);
    if (!isSame)
        endResetModel();
    else if (!m_runs.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int RunTableModel::rowOf(const std::filesystem::path& folder) const
{
    const auto found = std::ranges::find(m_runs, folder, &TrainingRun::folder);
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

int RunTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const TrainingRun& run = m_runs[static_cast<std::size_t>(index.row())];
    if (role == Qt::ToolTipRole)
        return index.column() == State && !run.words.isEmpty() && run.state == TrainingRun::State::Failed
                   ? run.words.toHtmlEscaped()
                   : QString::fromStdString(run.folder.string()).toHtmlEscaped();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Title: return run.record.title;
    case State: return toText(run.state);
    case Accuracy: {
        const auto best = run.bestEpoch();
        return best ? accuracyText(best->accuracy1, run.record.val) : QString();
    }
    case Epochs: return epochsText(run);
    case Time: return run.epochs.empty() ? QString() : durationText(run.secondsSoFar());
    case Differences: return m_differences.value(index.row());
    default: return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return role == Qt::TextAlignmentRole ? QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter))
                                             : QVariant();
    switch (section) {
    case Title: return tr("Run");
    case State: return tr("State");
    case Accuracy: return tr("Right in validation");
    case Epochs: return tr("Epochs");
    case Time: return tr("Time");
    case Differences: return tr("What sets it apart");
    default: return {};
    }
}

} // namespace ocellus
