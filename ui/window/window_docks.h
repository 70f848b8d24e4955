// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include "ui/models/class_list_model.h"

class QDockWidget;
class QMainWindow;
class QMenu;

namespace ocellus {

class AttentionPlot;
class ClassesPanel;
class DisplayPopover;
class Document;
class EditPanel;
class EffectsPanel;
class EvidencePanel;
class FileCommands;
class HeadNotesPanel;
class HistoryView;
class InterventionPanel;
class InterventionSteps;
class LinkedView;
class LiveAnswer;
class LogPanel;
class ModelPanel;
class PictureListFiller;
class PicturesPanel;
class Settings;

/// The docks with their panels, kept in step with the document. Where they lie is said by the workspaces.
class WindowDocks : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive the docks.
    WindowDocks(Document& document, InterventionSteps& interventions, LiveAnswer& answer, PictureListFiller& list,
                LinkedView& view, Settings& settings, QMainWindow* window);

    void connectTo(FileCommands& files);
    void fill(QMenu* menu) const;

    /// Shows the panel's dock, and brings it to the front of its tabs.
    void reveal(QWidget* panel);

    ClassesPanel* classes() const { return m_classes; }
    EditPanel* edit() const { return m_edit; }
    PicturesPanel* pictures() const { return m_pictures; }
    LogPanel* log() const { return m_log; }
    EffectsPanel* effects() const { return m_effects; }
    EvidencePanel* evidence() const { return m_evidence; }
    ModelPanel* model() const { return m_model; }
    HeadNotesPanel* notes() const { return m_notes; }
    InterventionPanel* intervention() const { return m_intervention; }

    /// How maps are drawn, at a colour bar.
    void showDisplay(const QWidget& bar);
    /// A filmstrip has its place below, a list beside; moves the one that lies elsewhere.
    void placePictures();

signals:
    void classActivated(); ///< the class that is chosen is wanted in front
    void aboutToReveal();  ///< a panel that may be hidden with all others

private:
    QDockWidget* dockOf(const QWidget* panel) const;
    void addDock(QMainWindow* window, const QString& title, const QString& name, QWidget* panel);
    void addDocks(QMainWindow* window);
    void connectPictures();
    void connectClasses();
    void connectDisplay();
    void connectEdits();
    void connectModel();
    void connectPlots();
    void connectIntervention();
    void showClasses();
    void showUnusualness();
    void showModel();
    void showAttention();
    void showIntervention();
    void showCrosshair();
    void showMask();

    Document& m_document;
    LiveAnswer& m_answer;
    PictureListFiller& m_list;
    QTimer m_unusualness; ///< waits a little before it is told anew
    LinkedView& m_view;
    Settings& m_settings;
    ClassListModel m_classModel;
    PicturesPanel* m_pictures;
    ClassesPanel* m_classes;
    DisplayPopover* m_display;
    EditPanel* m_edit;
    HistoryView* m_steps;
    ModelPanel* m_model;
    AttentionPlot* m_attention;
    InterventionPanel* m_intervention;
    EffectsPanel* m_effects;
    EvidencePanel* m_evidence;
    HeadNotesPanel* m_notes;
    LogPanel* m_log;
    QList<QDockWidget*> m_docks;
};

} // namespace ocellus
