// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QWidget>

#include "core/edit/mask.h"

class QHBoxLayout;
class QLabel;
class QListView;
class QToolButton;

namespace ocellus {

class MaskListModel;
class PictureEditor;

/// The kept masks: keeps what is selected under a name, and selects with what is kept.
class MasksPanel : public QWidget {
    Q_OBJECT

public:
    /// `editor` must outlive the panel.
    explicit MasksPanel(PictureEditor& editor, QWidget* parent = nullptr);

private:
    using Combine = std::function<Mask(const Mask& active, const Mask& kept)>;

    QWidget* buildButtons();
    QToolButton* addButton(QHBoxLayout* row, const QString& text, const QString& toolTip);
    void addCombination(QToolButton* button, const QString& stepName, const Combine& combine);
    void follow();
    void keep();
    void erase();
    QString unusedName() const;

    PictureEditor& m_editor;
    MaskListModel* m_model;
    QListView* m_view;
    QLabel* m_statistics;
    QToolButton *m_keep, *m_use, *m_add, *m_subtract, *m_erase;
};

} // namespace ocellus
