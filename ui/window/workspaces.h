// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

#include <QByteArray>
#include <QObject>

#include "ui/window/workspace.h"

class QAction;
class QActionGroup;
class QMainWindow;

namespace ocellus {

class CentralView;

/// Turns the window to one workspace or another, and remembers how each was left.
class Workspaces : public QObject {
    Q_OBJECT

public:
    /// Begins with the first of `all`, as it is at first. Window and view must outlive this object.
    Workspaces(QMainWindow& window, CentralView& centre, std::vector<Workspace> all);

    WorkspaceId current() const { return m_current; }
    const std::vector<Workspace>& all() const { return m_all; }
    /// One a workspace, checkable, with F2 and the keys after it.
    QList<QAction*> actions() const;

    void show(WorkspaceId id);
    /// In the workspace that is shown where it has the page, else in the first that has it.
    void showPage(QWidget* page);

    void reset();    ///< the one that is shown
    void resetAll(); ///< and stays in the one that is shown

    /// Without any dock and tool bar the pages have all of the window. Another workspace comes with its panels.
    bool arePanelsHidden() const { return !m_beforeHiding.isEmpty(); }
    void setPanelsHidden(bool hidden);

    /// How each was left, to be kept in a file.
    QByteArray state() const;
    /// What is not understood is passed over: those workspaces are as at first. False where that is all of it.
    bool restore(const QByteArray& state);

signals:
    void changed(ocellus::WorkspaceId id);
    void panelsHidden(bool hidden);

private:
    const Workspace& at(WorkspaceId id) const;
    QByteArray layoutOfNow() const;
    void remember();
    void setUp();
    void keepFocus();
    void arrangeAtFirst();
    void endHiding();

    QMainWindow& m_window;
    CentralView& m_centre;
    std::vector<Workspace> m_all;
    QActionGroup* m_actions;
    WorkspaceId m_current;
    std::map<WorkspaceId, QByteArray> m_layouts; ///< of those that were left; QMainWindow::saveState()
    std::map<WorkspaceId, QWidget*> m_pages;     ///< that was shown last
    QByteArray m_beforeHiding;                   ///< layout; empty while panels are shown
};

} // namespace ocellus
