// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include <QMainWindow>

#include "ui/document/document.h"
#include "ui/document/intervention_steps.h"
#include "ui/document/live_answer.h"
#include "ui/document/picture_list_filler.h"
#include "ui/document/picture_removals.h"
#include "ui/engine/engine_controller.h"
#include "ui/files/file_dialogs.h"
#include "ui/widgets/linked_view.h"
#include "ui/window/installed_sample.h"
#include "ui/window/window_actions.h"

namespace ocellus {

class CentralView;
class EditCommands;
class EventLog;
class EvidenceCommands;
class FigureCommands;
class FileCommands;
class LimitCommands;
class Painting;
class PrototypeCommands;
class ReportContents;
class ResultCommands;
class SecondView;
class SessionCommands;
class StatusReadout;
class TaskStatus;
class Tour;
class ViewCommands;
class WindowDocks;
class WindowPages;
class WorkspaceBar;
class Workspaces;

/// Puts document, views, docks and menus together.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `settings` must outlive the window. `sample` is the folder of findSample().
    explicit MainWindow(Settings& settings, AskForFiles ask = askWithDialog,
                        const std::filesystem::path& sample = installedSample());
    ~MainWindow() override;

    /// Checkpoints, class tables, pictures and folders; where there are none, what the settings say.
    void open(const std::vector<std::filesystem::path>& paths);

    Document& document() { return m_document; }
    LiveAnswer& answer() { return m_answer; }
    PictureListFiller& pictures() { return m_pictures; }
    EngineController& controller() { return m_controller; }
    LinkedView& view() { return m_view; }
    CentralView& centre() { return *m_centre; }
    WindowActions& actions() { return m_actions; }
    Tour& tour() { return *m_tour; }
    StatusReadout& status() { return *m_status; }
    Painting& painting() { return *m_painting; }
    SessionCommands& sessions() { return *m_sessions; }
    ViewCommands& views() { return *m_views; }
    ResultCommands& results() { return *m_results; }
    EvidenceCommands& evidence() { return *m_evidence; }
    Workspaces& workspaces() { return *m_workspaces; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void openAtStart();
    void connectViews();
    void showDisplay();
    void connectMessages();
    void connectHelp();
    void connectTour();
    void connectWorkspaces();
    void connectSessions();
    void connectPainting();
    QToolBar* addToolBar(const QString& title, const QString& name, Qt::ToolBarArea area = Qt::TopToolBarArea);
    using QMainWindow::addToolBar;
    void restoreLayout();
    void setTileTextSize();
    void scheduleUpdate();
    void updateView();
    void offerWhatIsMissing();
    void updateTitle();
    void showFailure(const Failure& failure);
    void showSpeciesFailure(const Failure& failure);
    void connectSpecies();
    void showModelNotice();
    void showSettings();

    Settings& m_settings;
    EngineController m_controller;
    Document m_document;
    InterventionSteps m_interventions;
    PictureRemovals m_removals;
    LiveAnswer m_answer;
    PictureListFiller m_pictures;
    LinkedView m_view;
    QString m_speciesMessage; // about own species: it leaves with their page and their data set
    QString m_pictureMessage; // about the current picture: it leaves with that
    WindowActions m_actions;
    CentralView* m_centre;
    Painting* m_painting;
    WindowDocks* m_docks;
    EditCommands* m_edits;
    WindowPages* m_pages;
    FileCommands* m_files;
    FigureCommands* m_figures;
    LimitCommands* m_limits;
    SessionCommands* m_sessions;
    StatusReadout* m_status;
    TaskStatus* m_task;
    ReportContents* m_report;
    ResultCommands* m_results;
    std::unique_ptr<EvidenceCommands> m_evidence;
    std::unique_ptr<PrototypeCommands> m_prototypes;
    EventLog* m_log;
    WorkspaceBar* m_workspaceBar;
    Workspaces* m_workspaces = nullptr;
    ViewCommands* m_views = nullptr;
    SecondView* m_second = nullptr;
    std::unique_ptr<Tour> m_tour;
    bool m_updateScheduled = false;
};

} // namespace ocellus
