// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include <QObject>

#include "core/session/session.h"
#include "ui/engine/failure.h"
#include "ui/files/file_dialogs.h"
#include "ui/session/kept_result.h"
#include "ui/widgets/open_offer.h"
#include "ui/window/shown_view.h"

class QAction;

namespace ocellus {

class BeforeAfterView;
class CentralView;
class ClassComparison;
class ComparePage;
class ControlStudy;
class ControlsPanel;
class Document;
class ExperimentPage;
class ExperimentStudy;
class LiveAnswer;
class MethodsComparison;
class ModelsComparison;
class PictureGrid;
class ReportPage;
class Settings;
class SimilarityView;
class SpeciesPages;

/// The pages of comparisons, experiments and the report, behind the heads' in the middle of the window.
class WindowPages : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive the pages, which `centre` owns.
    WindowPages(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask, CentralView& centre);

    void setTileTextSize(int points); ///< as HeadsPage's
    /// What can be opened where a model or a picture is missing: each page offers it in its own words.
    void offer(const std::vector<OpenOffer::Choice>& choices);
    /// Where all is open, the page of edits leads to where they are made.
    void offerEditing(const OpenOffer::Choice& choice) { m_editing = choice; }

    ClassComparison* classes() const { return m_classes; }
    MethodsComparison* methods() const { return m_methods; }
    ModelsComparison* models() const { return m_models; }
    PictureGrid* pictureGrid() const { return m_pictures; }
    BeforeAfterView* beforeAfter() const { return m_beforeAfter; }
    ExperimentPage* experiment() const { return m_experiment; }
    ControlsPanel* controls() const { return m_controls; }
    ReportPage* report() const { return m_report; }
    SimilarityView* similarity() const { return m_similarity; }
    SpeciesPages* species() const { return m_species; }
    /// Those that compare what the model says, in the order of their tabs.
    const QList<QWidget*>& comparisons() const { return m_comparisons; }

    /// What the page that is shown has to export.
    ShownView shownView() const;
    /// The same for a figure with pictures: also an experiment's before and after, where that is shown.
    ShownView shownPictures() const;

    /// Besides views of pictures, for a report: comparisons that were looked at, the experiment and the controls.
    std::vector<KeptResult> kept() const;

    /// For a session's file: the experiment and the controls, with their forms.
    SessionFindings findings() const;
    /// In the place of those that there are.
    void restore(const SessionFindings& findings);

signals:
    void keptChanged();
    void findingsChanged();
    void matrixChanged();                         ///< or another page is shown
    void noteRequested(int classIndex, int head); ///< the user wants to write about a head
    void failed(const ocellus::Failure& failure);
    void done(const QString& what, QAction* undo);

private:
    std::optional<MapMatrix> matrix() const;
    void add(ComparePage* page, const QString& title);
    void addExperiments(Document& document, LiveAnswer& answer);
    void connectClasses();
    void connectMethods(const Document& document);
    void connectModels(const Document& document);
    void askForEvaluation(std::function<void(const std::filesystem::path&)> load);
    KeptResult keptComparison(const ComparePage& page, const MapMatrix& matrix) const;
    KeptResult keptExperiment() const;
    std::vector<KeptResult> keptControls() const;

    Settings& m_settings;
    AskForFiles m_ask;
    CentralView& m_centre;
    BeforeAfterView* m_beforeAfter;
    ClassComparison* m_classes;
    MethodsComparison* m_methods;
    ModelsComparison* m_models;
    PictureGrid* m_pictures;
    ExperimentPage* m_experiment;
    ExperimentStudy* m_study = nullptr;
    ControlsPanel* m_controls;
    ControlStudy* m_controlStudy = nullptr;
    ReportPage* m_report;
    SimilarityView* m_similarity = nullptr;
    SpeciesPages* m_species = nullptr;
    QList<QWidget*> m_comparisons;
    std::vector<ComparePage*> m_pages;
    OpenOffer::Choice m_editing;
};

} // namespace ocellus
