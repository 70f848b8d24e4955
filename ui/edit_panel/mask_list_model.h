// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

namespace ocellus {

class PictureEditor;

/// The kept masks of the current picture by name, renamed in place.
class MaskListModel : public QAbstractListModel {
    Q_OBJECT

public:
    /// `editor` must outlive the model.
    explicit MaskListModel(PictureEditor& editor, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void takeMasks();

    PictureEditor& m_editor;
    int m_rows = 0;
};

} // namespace ocellus
