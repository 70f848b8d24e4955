// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include "core/edit/operation.h"

class QLabel;
class QToolButton;

namespace ocellus {

class ElidedLabel;
class OperationChooser;
class PictureEditor;
class SelectedEditForm;

/// Everything that edits the current picture: operations, the list of edits, the selected one's parameters, and
/// kept masks. Scrolls where it has too little room. Buttons stay where they are whatever is selected or edited, so
/// that a second click is on what the first one was on.
class EditPanel : public QScrollArea {
    Q_OBJECT

public:
    /// `editor` must outlive the panel.
    explicit EditPanel(PictureEditor& editor, QWidget* parent = nullptr);

    /// What the picker has found: the selected edit's colour, or that of a new edit of the region.
    void takeColour(const Rgb& colour);

    SelectedEditForm* selectedEdit() const { return m_selected; }

protected:
    QSize sizeHint() const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void addEdit(const Operation& operation);
    void follow();
    PixelBox region() const;
    QString regionLine() const;
    QString hint() const;

    PictureEditor& m_editor;
    ElidedLabel* m_picture;
    QLabel* m_region;
    QToolButton* m_newRegion;
    OperationChooser* m_operations;
    SelectedEditForm* m_selected;
};

} // namespace ocellus
