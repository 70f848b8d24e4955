// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QListView;
class QStackedLayout;
class QToolButton;

namespace ocellus {

class EditListModel;
class PictureEditor;

/// The list of edits, with what can be done to its rows.
class EditListPanel : public QWidget {
    Q_OBJECT

public:
    /// `editor` must outlive the panel.
    explicit EditListPanel(PictureEditor& editor, QWidget* parent = nullptr);

    EditListModel* model() const { return m_model; }

private:
    QWidget* buildButtons();
    QToolButton* addButton(const QString& text, const QString& toolTip, void (EditListPanel::*slot)());
    void follow();
    void choose();
    void moveBy(int rows);
    void moveUp() { moveBy(-1); }
    void moveDown() { moveBy(1); }
    void duplicate();
    void erase();

    PictureEditor& m_editor;
    EditListModel* m_model;
    QListView* m_view;
    QLabel* m_empty;
    QStackedLayout* m_pages; ///< no edits, or their list: what is below stays where it is
    QToolButton *m_up, *m_down, *m_duplicate, *m_erase;
};

} // namespace ocellus
