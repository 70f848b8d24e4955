// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <stop_token>
#include <vector>

#include <QElapsedTimer>
#include <QObject>

#include "core/dataset/sorted_folders.h"
#include "ui/engine/exporter.h"
#include "ui/engine/newest_reading.h"
#include "ui/engine/pace_estimate.h"
#include "ui/files/file_dialogs.h"
#include "ui/files/save_question.h"
#include "ui/prediction/prediction_run.h"
#include "ui/prediction/unsaved_predictions.h"

namespace ocellus {

class DatasetDocument;
class Document;
class LiveAnswer;
class PredictionPage;
class Settings;

/// Lets a PredictionPage name the pictures of a folder, and puts what was found and corrected into files.
class PredictionStudy : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this; the page is its parent.
    PredictionStudy(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                    AskForFiles ask, PredictionPage& page);

    /// Pictures that are being sorted are waited for no longer than one takes.
    ~PredictionStudy() override;

    void setFolder(const std::filesystem::path& folder);
    /// Asks first where corrections would be lost.
    void start();
    void startAnyway();
    /// What is named or sorted by then stays.
    void cancel();
    bool isRunning() const { return m_run.isRunning(); }
    bool isUnsaved() const { return m_unsaved.isUnsaved(); }

private:
    void connectPage();
    void connectRun();
    void askForFolder();
    void exportCsv();
    void saveDataset();
    void askForSorting();
    void planSortingInto(const std::filesystem::path& root);
    void showSorting(std::vector<SortedPicture> plan, const std::filesystem::path& root);
    void sort(const std::vector<SortedPicture>& plan, SortBy by);
    void beginSorting();
    void endSorting();
    void write(const QString& title, const QString& filter, const QString& name,
               std::function<void(const std::filesystem::path&)> writer);
    void end(const QString& note);
    void update();
    QString whyNotStartable() const;
    bool isOfOpenModel() const;
    QString whyStale() const;

    Document& m_document;
    Settings& m_settings;
    AskForFiles m_ask;
    PredictionPage& m_page;
    SaveQuestion m_question;
    std::filesystem::path m_folder;
    PredictionRun m_run;
    PaceEstimate m_pace;
    QElapsedTimer m_clock;
    std::map<std::filesystem::path, PredictedPicture> m_checked; ///< by hand, before the pictures are named anew
    int m_corrections = 0;                                       ///< counts up
    std::stop_source m_sorting;                                  ///< stops what is planned or sorted
    bool m_isSorting = false;
    Exporter m_exporter;
    Exporter m_sorter;
    UnsavedPredictions m_unsaved; ///< it writes what the page shows
    NewestReading m_planning;     ///< last: it goes first
};

} // namespace ocellus
