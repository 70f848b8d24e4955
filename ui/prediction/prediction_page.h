// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QTimer>
#include <QWidget>

#include "ui/engine/failure.h"
#include "ui/engine/thumbnail_store.h"
#include "ui/files/file_dialogs.h"
#include "ui/prediction/prediction_filter.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace ocellus {

class Banner;
class DatasetDocument;
class Document;
class ElidedLabel;
class LiveAnswer;
class PredictionDetails;
class PredictionStudy;
class PredictionTableModel;
class PredictionTableView;
class Settings;
class SpeciesDelegate;

/// What the model that is open says of new pictures, as a table that can be corrected.
class PredictionPage : public QWidget {
    Q_OBJECT

public:
    /// All of them must outlive the page.
    PredictionPage(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                   AskForFiles ask, QWidget* parent = nullptr);
    ~PredictionPage() override;

    PredictionTableModel* rows() const { return m_rows; }
    PredictionTableView* table() const { return m_table; }
    PredictionStudy* study() const { return m_study; }
    ThumbnailStore& thumbnails() { return m_thumbnails; }

    void setFolder(const QString& text, const QString& toolTip);
    void setWhyNot(const QString& why); ///< empty: it can be started
    void setRunning(bool running);
    void setSorting(bool sorting); ///< pictures are being put into folders, or it is being planned
    void setProgress(int done, int total, const QString& left);
    void setNote(const QString& note); ///< what went wrong; empty takes it away
    void setStale(const QString& why); ///< the table is of something else than what is open
    void setUnsaved(bool unsaved);     ///< there are corrections that no file has
    /// Corrections would be lost by a start: asks for a word, by startAnywayRequested().
    void askBeforeStart(bool ask);
    QString noteText() const;
    QString staleText() const;
    QString summaryText() const;
    bool isAskingBeforeStart() const;
    void updateSummary();
    /// The names of the model's species, for completion.
    void updateNames();

signals:
    void done(const QString& what);
    void failed(const ocellus::Failure& failure);
    /// The picture is to be shown with its maps; of no class, -1, where it was named by another model than the open
    /// one.
    void mapsRequested(const std::filesystem::path& picture, int classIndex);
    void folderRequested();
    void startRequested();
    void startAnywayRequested();
    void cancelRequested();
    void csvRequested();
    void datasetRequested();
    void sortingRequested();

private:
    QWidget* makeForm();
    QWidget* makeQuestion();
    QWidget* makeTable();
    void connectDetails();
    QWidget* makeFoot();
    int chosenRow() const; ///< of the model; -1 for none
    void act(void (PredictionTableModel::*action)(int), bool goesOn);
    void undo();
    void showDetails();
    void showMaps();
    void updateButtons();

    ThumbnailStore m_thumbnails;
    PredictionTableModel* m_rows;
    PredictionFilter* m_filter;
    SpeciesDelegate* m_delegate;
    PredictionTableView* m_table;
    ElidedLabel* m_folder;
    QPushButton* m_choose;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
    QLabel* m_left;
    QLabel* m_whyNot;
    Banner* m_note;
    Banner* m_stale;
    QWidget* m_question;
    QComboBox* m_show;
    QLabel* m_summary;
    PredictionDetails* m_details;
    QPushButton* m_csv;
    QPushButton* m_dataset;
    QPushButton* m_sort;
    QLabel* m_invitation;
    QWidget* m_results;
    QTimer m_summaryDelay; ///< pictures come faster than anybody reads how many there are
    PredictionStudy* m_study;
    bool m_running = false;
    bool m_sorting = false;
    bool m_unsaved = false;
};

} // namespace ocellus
