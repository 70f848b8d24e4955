// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include <QAbstractListModel>

namespace ocellus {

class InterventionSteps;
class PictureEditor;

/// The steps of the current picture by name, after a first row for the start: those of its edits and masks, and those
/// of its attention by hand where they came. Row n is the state after n steps.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT

public:
    /// Both must outlive the model.
    HistoryModel(PictureEditor& editor, InterventionSteps& interventions, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    int currentRow() const { return m_position; }
    /// Undoes what comes after the row, or does all up to it again.
    void goTo(int row);
    /// True while rows come and go because the steps have changed: what a view then chooses is no choice of the user's.
    bool isUpdating() const { return m_updating || m_moving; }

private:
    enum class Kind { Edit, Intervention };

    struct Step {
        Kind kind;
        std::size_t index; // among those of its kind
    };

    void takeHistory();
    std::vector<Step> stepsOfNow() const;
    /// How many of that kind are in the first rows.
    std::size_t countUpTo(int row, Kind kind) const;
    QString nameOf(const Step& step) const;

    PictureEditor& m_editor;
    InterventionSteps& m_interventions;
    std::vector<Step> m_steps; // of the rows from 1
    int m_position = 0;
    bool m_updating = false;
    bool m_moving = false;
};

} // namespace ocellus
