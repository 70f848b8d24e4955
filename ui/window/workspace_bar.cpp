// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workspace_bar.h"

#include <QAction>

namespace ocellus {

WorkspaceBar::WorkspaceBar(QWidget* parent) : QToolBar(tr("Workspaces"), parent)
{
    setObjectName(QStringLiteral("workspaces"));
    setAccessibleName(tr("Workspaces"));
    setMovable(false);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toggleViewAction()->setVisible(false);
}

} // namespace ocellus
