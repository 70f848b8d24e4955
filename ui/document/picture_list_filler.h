// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <QObject>
#include <QTimer>

#include "core/analysis/kept_trust.h"
#include "ui/document/folder_watch.h"
#include "ui/engine/engine_controller.h"
#include "ui/engine/picture_finder.h"
#include "ui/engine/prediction_queue.h"
#include "ui/engine/thumbnail_loader.h"

namespace ocellus {

class Document;
class Settings;

/// Fills the document's list of pictures in the background: finds files, reads thumbnails, and asks the model for a
/// prediction of each. Marks those with edits, and keeps what the model said of them.
class PictureListFiller : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this object.
    PictureListFiller(Document& document, Settings& settings, EngineController& controller, QObject* parent = nullptr);

    /// Adds files and folders and chooses the first of them.
    void open(const std::vector<std::filesystem::path>& filesAndFolders);

    PredictionQueue& predictions() { return m_predictions; }
    /// Of the pictures of the list without their edits, as far as they are known for the open model.
    const std::map<std::string, Prediction>& known() const { return m_known; }
    /// Energies of those whose folders are named after classes of the model, but not of `picture`.
    std::vector<double> energiesOfOwnSpecies(const std::filesystem::path& picture) const;

signals:
    void failed(const ocellus::Failure& failure);
    void noticed(const QString& text); ///< what was left out of folders
    void energiesChanged();

private:
    void takeModel();
    void predictAgain();
    void predict(int first, int last);
    void preferWhatIsSeen();
    void takePrediction(const ViewRequest& request, const Prediction& prediction);
    void askAboutEdits(ViewRequest request);
    void takeView(const ViewResult& view);
    void markEdited(int row);
    void markAllEdited(int first, int last);
    void show(const std::filesystem::path& path, const Prediction& prediction);
    void tell(const std::filesystem::path& path, const Prediction& prediction);

    Document& m_document;
    Settings& m_settings;
    EngineController& m_controller;
    PictureFinder m_finder;
    FolderWatch m_folderWatch;
    ThumbnailLoader m_thumbnails;
    PredictionQueue m_predictions;
    std::vector<std::filesystem::path> m_looked; // at lately, and not told to m_predictions
    QTimer m_looking;
    /// What a picture was taken for with edits: of no other edits, and of this model alone.
    struct EditedAnswer {
        ContentKey edits;
        Prediction prediction;
    };
    std::map<std::filesystem::path, EditedAnswer> m_edited;
    std::map<std::string, Prediction> m_known; // without edits; by path
    std::filesystem::path m_model;             // that the predictions are asked of
    std::string m_modelHash;
    ModelSettings m_given; // of the same
    KeptTrust m_kept;      // by it
};

} // namespace ocellus
