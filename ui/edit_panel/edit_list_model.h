// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStringList>

#include "core/edit/edit.h"

namespace ocellus {

class PictureEditor;

/// The edits of the current picture, first to last: name and recipe, a check for what is enabled, and
/// at each one why it cannot be done. Rows are renamed in place and dragged to other places.
class EditListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        ProblemRole = Qt::UserRole + 1 ///< QString, empty where the edit can be done
    };

    /// `editor` must outlive the model.
    explicit EditListModel(PictureEditor& editor, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    /// One row. Views drag rows with it.
    bool moveRows(const QModelIndex& from, int row, int count, const QModelIndex& to, int before) override;
    bool dropMimeData(const QMimeData*, Qt::DropAction, int, int, const QModelIndex&) override { return false; }

    /// True while rows come and go because the editor has changed: what a view then chooses is no choice of the user's.
    bool isUpdating() const { return m_updating; }

private:
    void takeList();
    bool rename(std::size_t row, const QString& name);
    bool enable(std::size_t row, bool on);
    QString secondLine(std::size_t row) const;
    QString toolTip(std::size_t row) const;

    PictureEditor& m_editor;
    int m_rows = 0;
    bool m_updating = false;
    QStringList m_problems;
};

} // namespace ocellus
