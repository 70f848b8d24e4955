// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

namespace ocellus {

class PictureEditor;

/// The steps of the current picture by name, after a first row for the start. Row n is the state after n steps.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT

public:
    /// `editor` must outlive the model.
    explicit HistoryModel(PictureEditor& editor, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    int currentRow() const { return m_position; }
    /// True while rows come and go because the editor has changed: what a view then chooses is no choice of the user's.
    bool isUpdating() const { return m_updating; }

private:
    void takeHistory();

    PictureEditor& m_editor;
    int m_rows = 1;
    int m_position = 0;
    bool m_updating = false;
};

} // namespace ocellus
