// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QString>
#include <QTimer>

#include "core/experiment/experiment_report.h"
#include "ui/engine/failure.h"
#include "ui/experiment/experiment_matrix.h"
#include "ui/experiment/folder_experiment.h"

namespace ocellus {

class Document;
class LiveAnswer;
class ExperimentPage;
class ExperimentPreview;
struct ExperimentRecord;

/// Lets an ExperimentPage ask about the document's pictures.
class ExperimentStudy : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this.
    ExperimentStudy(Document& document, LiveAnswer& answer, ExperimentPage& page, QObject* parent = nullptr);

    void start();
    void cancel() { m_run.cancel(); }
    bool isRunning() const { return m_run.isRunning(); }

    // For files, of what the page shows.
    std::string table() const; ///< CSV, as the command line writes it
    const EditRecipe& recipe() const { return m_report.recipe; }
    /// Its intervals take a while where there are many pictures: to be called where nobody waits.
    std::function<ExperimentReport()> reporter() const;
    /// "12 of 40 pictures, going on".
    QString state() const;
    /// Some of the pictures before and after; nothing where none was edited.
    std::optional<MapMatrix> matrix() const;
    /// Writes the contact sheets: the first at `path`, others with "-2", ... before its ending.
    std::function<void(const std::filesystem::path&)> sheetWriter() const;

    /// For a session's file: how the form stands, and what was found. A JSON object; empty where that is
    /// nothing.
    std::string kept() const;
    /// The other way, in the place of what there is; an empty text leaves the form and nothing found. What cannot be
    /// read is told by failed(), and nothing of it is shown.
    void restore(const std::string& kept);

signals:
    void keptChanged(); ///< what was found, for good: a run that goes on tells at its end
    void failed(const ocellus::Failure& failure);

private:
    ExperimentOrigin origin() const;
    void followModel();
    void clear();
    void show(ExperimentRecord record);
    void connectDocument();
    void connectRun();
    void showChoices();
    void stopped(const QString& why);
    void applyChosen();
    QString whyNotStartable() const;
    QString whyNotApplicable() const;
    FolderExperiment::Wish wish() const;
    QString noPicturesText() const;
    void previewLater();
    void preview();
    void showEstimate();
    std::vector<ExperimentPicture> pictures(const EditRecipe& recipe) const;

    Document& m_document;
    LiveAnswer& m_answer;
    ExperimentPage& m_page;
    FolderExperiment m_run;
    ExperimentPreview* m_preview;
    QTimer m_previewTimer;
    std::string m_firstChoices;  ///< of the form, as JSON
    std::size_t m_previewed = 0; ///< pictures of the whole experiment that was previewed
    ExperimentReport m_report;   ///< of the run, without its summary
};

} // namespace ocellus
