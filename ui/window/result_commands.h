// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include <QList>
#include <QObject>

#include "ui/engine/exporter.h"
#include "ui/figures/figure.h"
#include "ui/files/save_question.h"
#include "ui/session/session_report.h"

class QAction;

namespace ocellus {

class ControlsPanel;
class Document;
class EffectsPanel;
class LiveAnswer;
class ReportContents;
class SessionWork;
class Settings;
class TaskStatus;

/// Writes what was found out into files: reports of the session, maps at picture size, masks, and the tables and
/// figures of panels.
class ResultCommands : public QObject {
    Q_OBJECT

public:
    /// `window` is the parent of the dialogs; `work` and `contents` are what reports are about, `status` tells how far
    /// one is.
    ResultCommands(Document& document, LiveAnswer& answer, Settings& settings, SessionWork& work,
                   const ReportContents& contents, AskForFiles ask, TaskStatus& status, QWidget* window);

    void connectTo(const EffectsPanel& panel);
    void connectTo(const ControlsPanel& panel);

    /// For the menu of exports; each is enabled where there is something to write.
    QList<QAction*> actions() const { return {m_report, m_map, m_maskPng, m_maskPolygons}; }

signals:
    void done(const QString& what); ///< something that the history should tell
    void failed(const ocellus::Failure& failure);

private:
    QAction* addAction(const QString& text, void (ResultCommands::*write)());
    void updateActions();
    void save(const QString& title, const QString& filter, const QString& proposedName,
              std::function<void(const std::filesystem::path&)> write);
    void ask(const QString& title, const QString& filter, const QString& proposedName,
             std::function<void(const QString&)> answer);
    void saveTable(const QString& proposedName, const std::string& csv);
    void saveFigure(const QString& proposedName, const Figure& figure);
    void saveReport();
    void connectReport(TaskStatus& status);
    void saveMap();
    void saveMaskPng();
    void saveMaskPolygons();
    QString pictureName() const; ///< without its ending

    Document& m_document;
    LiveAnswer& m_answer;
    SessionWork& m_work;
    const ReportContents& m_contents;
    SaveQuestion m_question;
    QAction* m_report;
    QAction* m_map;
    QAction* m_maskPng;
    QAction* m_maskPolygons;
    SessionReport m_reporting;
    std::filesystem::path m_reportFile; // where the report under way is written
    Exporter m_exporter;
};

} // namespace ocellus
