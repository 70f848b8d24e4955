// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QList>
#include <QString>
#include <QStringList>

class QWidget;

namespace ocellus {

enum class WorkspaceId { Look, Compare, Edit, Experiment, Report, Species };

/// Where a panel lies at first.
struct DockPlace {
    QString dock; ///< object name
    Qt::DockWidgetArea area = Qt::LeftDockWidgetArea;
    bool tabbed = false; ///< behind the one before it in this area, instead of below or beside it
    int size = 0;        ///< pixels across the area; 0: what the panel asks for
    int share = 1;       ///< of the area's length, against the others in it
};

/// What one kind of work needs: its pages in the middle of the window, and its panels and tool bars around them.
struct Workspace {
    WorkspaceId id = WorkspaceId::Look;
    QString key; ///< under which it is kept in files: never changed, never translated
    QString name;
    QString purpose; ///< one sentence
    QString icon;    ///< file of a symbol
    QList<QWidget*> pages;
    std::vector<DockPlace> docks;
    QStringList toolBars; ///< object names of those that only some workspaces have
};

} // namespace ocellus
