// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/edit/edit.h"
#include "ui/engine/failure.h"
#include "ui/files/file_dialogs.h"

namespace ocellus {

class Document;
class EditPanel;
class InterventionSteps;
class Painting;
class PictureEditor;
class PictureRemovals;
class WindowActions;

/// What menus, keys and tools do to the edits of the current picture; keeps the actions' names and availability true.
class EditCommands : public QObject {
    Q_OBJECT

public:
    /// All but `window` must outlive this object; that is the parent of file dialogs.
    EditCommands(Document& document, InterventionSteps& interventions, PictureRemovals& removals,
                 WindowActions& actions, AskForFiles ask, QWidget* window);

    /// Brings the tools what the panel asks for, and the panel what they find.
    void connectTo(EditPanel& panel, Painting& painting);

signals:
    void failed(const ocellus::Failure& failure);

private:
    void refresh();
    void undo();
    void redo();
    void erase();
    void copy();
    void paste();
    void reset();
    void choosePatchSource(EditPanel& panel);
    void readPatchSource(EditPanel& panel, const std::filesystem::path& path);

    Document& m_document;
    PictureEditor& m_editor;
    InterventionSteps& m_interventions;
    PictureRemovals& m_removals;
    WindowActions& m_actions;
    AskForFiles m_ask;
    QWidget* m_window;
    EditList m_copied;
    LatestWinsQueue m_reader; // last: it goes first, and waits for the picture that is read
};

} // namespace ocellus
