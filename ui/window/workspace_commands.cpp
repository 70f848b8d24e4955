// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workspace_commands.h"

#include <algorithm>

#include <QAction>
#include <QEvent>
#include <QMainWindow>
#include <QMenu>
#include <QToolBar>

#include "ui/compare/controls_panel.h"
#include "ui/compare/effects_panel.h"
#include "ui/edit_panel/edit_panel.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/pictures_panel.h"
#include "ui/widgets/head_grid.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_docks.h"
#include "ui/window/window_pages.h"
#include "ui/window/workspaces.h"

namespace ocellus {

WorkspaceCommands::WorkspaceCommands(Workspaces& workspaces, CentralView& centre, WindowDocks& docks,
                                     WindowPages& pages, QMainWindow& window)
    : QObject(&workspaces),
      m_workspaces(workspaces),
      m_centre(centre),
      m_docks(docks),
      m_pages(pages),
      m_window(window)
{
    connect(&workspaces, &Workspaces::changed, &docks, &WindowDocks::placePictures);
    connect(&docks, &WindowDocks::classActivated, this, [this] {
        m_workspaces.show(WorkspaceId::Look);
        m_workspaces.showPage(m_centre.heads());
    });
    connect(docks.effects(), &EffectsPanel::controlsRequested, this, [this] {
        m_workspaces.showPage(m_pages.controls());
        m_pages.controls()->start();
    });
    offerEditing(pages);
    connect(&docks, &WindowDocks::aboutToReveal, &workspaces, [&workspaces] { workspaces.setPanelsHidden(false); });
}

void WorkspaceCommands::connectTo(const WindowActions& actions)
{
    actions.workspaces()->addActions(m_workspaces.actions());
    connect(actions.at(Command::ResetWorkspace), &QAction::triggered, &m_workspaces, &Workspaces::reset);
    connect(actions.at(Command::ResetWorkspaces), &QAction::triggered, &m_workspaces, &Workspaces::resetAll);
    QAction* hide = actions.at(Command::HidePanels);
    connect(hide, &QAction::triggered, &m_workspaces, &Workspaces::setPanelsHidden);
    connect(&m_workspaces, &Workspaces::panelsHidden, hide, &QAction::setChecked);
    QAction* full = actions.at(Command::FullScreen);
    full->setChecked(m_window.isFullScreen());
    connect(full, &QAction::triggered, this, &WorkspaceCommands::setFullScreen);
}

void WorkspaceCommands::connectTo(ToolBox& tools)
{
    connect(&tools, &ToolBox::chosen, this, &WorkspaceCommands::showTool);
    connect(&m_workspaces, &Workspaces::changed, &tools, [&tools](WorkspaceId id) {
        if (id != WorkspaceId::Edit)
            tools.choose(ToolKind::Point);
    });
    connect(&m_workspaces, &Workspaces::changed, this, &WorkspaceCommands::fitToolBars);
    connect(&m_workspaces, &Workspaces::panelsHidden, this, &WorkspaceCommands::fitToolBars);
    connect(&m_centre, &CentralView::pageChanged, this, &WorkspaceCommands::fitToolBars);
}

/// Beside the picture that is painted on; other pages take their room.
void WorkspaceCommands::fitToolBars()
{
    if (m_workspaces.arePanelsHidden())
        return;
    const auto& all = m_workspaces.all();
    const auto shown = std::ranges::find(all, m_workspaces.current(), &Workspace::id);
    if (!shown->pages.contains(m_centre.currentPage()))
        return; // on its way to another workspace
    for (const QString& name : shown->toolBars)
        if (auto* bar = m_window.findChild<QToolBar*>(name, Qt::FindDirectChildrenOnly))
            bar->setVisible(m_centre.currentPage() == m_centre.heads());
}

void WorkspaceCommands::showTool(ToolKind kind)
{
    if (kind == ToolKind::Point)
        return;
    m_workspaces.show(WorkspaceId::Edit);
    showHeads();
    m_docks.reveal(m_docks.edit());
}

/// The large picture too, on which the tools work.
void WorkspaceCommands::showHeads()
{
    m_workspaces.showPage(m_centre.heads());
    m_centre.headGrid()->setEnlarged(false);
}

void WorkspaceCommands::offerEditing(WindowPages& pages)
{
    auto* edit = new QAction(this);
    connect(edit, &QAction::triggered, this, [this] {
        m_workspaces.show(WorkspaceId::Edit);
        showHeads();
    });
    pages.offerEditing({tr("Edit the picture"), edit});
}

void WorkspaceCommands::showPlace(TourStep::Place place)
{
    switch (place) {
    case TourStep::Place::Tiles: m_workspaces.show(WorkspaceId::Look); break;
    case TourStep::Place::Classes:
        m_workspaces.show(WorkspaceId::Look);
        m_docks.reveal(m_docks.classes());
        break;
    case TourStep::Place::Edits:
        m_workspaces.show(WorkspaceId::Edit);
        showHeads();
        m_docks.reveal(m_docks.classes());
        m_docks.reveal(m_docks.edit());
        break;
    case TourStep::Place::Controls:
        m_workspaces.show(WorkspaceId::Edit);
        m_workspaces.showPage(m_pages.controls());
        m_docks.reveal(m_docks.edit());
        break;
    case TourStep::Place::Pictures:
        m_workspaces.show(WorkspaceId::Look);
        m_docks.reveal(m_docks.pictures());
        break;
    }
}

void WorkspaceCommands::setFullScreen(bool full)
{
    m_window.setWindowState(m_window.windowState().setFlag(Qt::WindowFullScreen, full));
}

} // namespace ocellus
