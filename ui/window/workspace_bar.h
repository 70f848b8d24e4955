// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

namespace ocellus {

/// The workspaces in one segmented row, which stays where it is.
class WorkspaceBar : public QToolBar {
    Q_OBJECT

public:
    explicit WorkspaceBar(QWidget* parent = nullptr);
};

} // namespace ocellus
