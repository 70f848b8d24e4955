// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/default_workspaces.h"

#include <QCoreApplication>

#include "ui/compare/before_after_view.h"
#include "ui/compare/controls_panel.h"
#include "ui/experiment/experiment_page.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"
#include "ui/window/report_page.h"
#include "ui/window/species_pages.h"
#include "ui/window/window_pages.h"

namespace ocellus {

namespace {

constexpr int ListWidth = 270, FormWidth = 290, PlotHeight = 150; ///< in pixels

QString tr(const char* text)
{
    return QCoreApplication::translate("ocellus::Workspaces", text);
}

DockPlace left(const char* dock, int share = 1)
{
    return {QLatin1String(dock), Qt::LeftDockWidgetArea, false, ListWidth, share};
}

DockPlace right(const char* dock, int share = 1)
{
    return {QLatin1String(dock), Qt::RightDockWidgetArea, false, FormWidth, share};
}

DockPlace below(const char* dock, int share = 1)
{
    return {QLatin1String(dock), Qt::BottomDockWidgetArea, false, PlotHeight, share};
}

DockPlace behind(DockPlace place)
{
    place.tabbed = true;
    return place;
}

QString icon(const char* name)
{
    return QStringLiteral(":/icons/%1.svg").arg(QLatin1String(name));
}

} // namespace

std::vector<Workspace> defaultWorkspaces(const CentralView& centre, const WindowPages& pages)
{
    // Beside the picture, not below it: a window is wider than high, and so is what is left of it.
    const std::vector<DockPlace> lists{left("classes", 3), left("pictures", 2)};
    Workspace look{WorkspaceId::Look,
                   QStringLiteral("look"),
                   tr("&Look"),
                   tr("Where the model looks in the picture for one class"),
                   icon("overlay"),
                   {centre.heads()},
                   lists,
                   {}};
    // Out of the way, and where they come up when they are asked for.
    Workspace compare{WorkspaceId::Compare, QStringLiteral("compare"),
                      tr("&Compare"),       tr("Classes, pictures, layers and sets of classes beside each other"),
                      icon("compare"),      pages.comparisons() + QList<QWidget*>{pages.beforeAfter()},
                      {left("classes")},    {}};
    Workspace edit{WorkspaceId::Edit,
                   QStringLiteral("edit"),
                   tr("&Edit"),
                   tr("Paint on the picture, change it, and see what the model makes of it"),
                   icon("brush"),
                   {centre.heads(), pages.beforeAfter(), pages.controls()},
                   {},
                   {QStringLiteral("paintingTools"), QStringLiteral("toolSettings")}};
    // On one side, so that the picture keeps its room: what is done above, and what it changes below.
    edit.docks = {right("edit", 3),          behind(right("steps")),   behind(right("intervention")),
                  right("effects", 2),       behind(right("classes")), behind(right("pictures")),
                  behind(right("attention"))};
    // It has an edit of its own: the panel with those of the shown picture is not beside it.
    Workspace experiment{WorkspaceId::Experiment,
                         QStringLiteral("experiment"),
                         tr("E&xperiment"),
                         tr("The same edit in all pictures"),
                         icon("experiment"),
                         {pages.experiment()},
                         {},
                         {}};
    Workspace report{WorkspaceId::Report,
                     QStringLiteral("report"),
                     tr("&Report"),
                     tr("What was found, in notes, numbers and figures"),
                     icon("report"),
                     {pages.report()},
                     {right("notes"), right("model"), below("log")},
                     {}};
    // All of it is about many pictures, and a model that need not be there yet.
    Workspace species{
        WorkspaceId::Species,
        QStringLiteral("species"),
        tr("Own &species"),
        tr("From pictures of your own to a model that knows them: data set, training, evaluation, prediction"),
        icon("species"),
        pages.species()->all(),
        {},
        {}};
    return {look, compare, edit, experiment, report, species};
}

} // namespace ocellus
