// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/tools/tool_box.h"
#include "ui/tour/tour_step.h"

class QMainWindow;

namespace ocellus {

class CentralView;
class WindowActions;
class WindowDocks;
class WindowPages;
class Workspaces;

/// Turns to the workspace that something belongs to, resets workspaces, and clears the window for the picture.
class WorkspaceCommands : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this object.
    WorkspaceCommands(Workspaces& workspaces, CentralView& centre, WindowDocks& docks, WindowPages& pages,
                      QMainWindow& window);

    void connectTo(const WindowActions& actions);
    /// Tools are in hand only where the picture is edited, and their bars on the page that they work on.
    void connectTo(ToolBox& tools);

    /// What the tour speaks of is seen.
    void showPlace(TourStep::Place place);

private:
    void showTool(ToolKind kind);
    void showHeads();
    void offerEditing(WindowPages& pages);
    void fitToolBars();
    void setFullScreen(bool full);

    Workspaces& m_workspaces;
    CentralView& m_centre;
    WindowDocks& m_docks;
    const WindowPages& m_pages;
    QMainWindow& m_window;
};

} // namespace ocellus
