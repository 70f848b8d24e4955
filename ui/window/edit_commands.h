// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/edit/edit.h"
#include "ui/engine/failure.h"

namespace ocellus {

class PictureEditor;
class WindowActions;

/// What the menus and keys do to the edits of the current picture; keeps the actions' names and availability true.
class EditCommands : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this object.
    EditCommands(PictureEditor& editor, WindowActions& actions, QObject* parent);

signals:
    void failed(const ocellus::Failure& failure);

private:
    void refresh();
    void erase();
    void copy();
    void paste();
    void reset();

    PictureEditor& m_editor;
    WindowActions& m_actions;
    EditList m_copied;
};

} // namespace ocellus
