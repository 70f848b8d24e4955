// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/picture_list_filler.h"

#include <algorithm>

#include "core/analysis/unusualness.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/open_model_request.h"
#include "ui/document/setting_groups.h"
#include "ui/engine/paths.h"

namespace ocellus {

PictureListFiller::PictureListFiller(Document& document, Settings& settings, EngineController& controller,
                                     QObject* parent)
    : QObject(parent),
      m_document(document),
      m_settings(settings),
      m_controller(controller),
      m_predictions(controller, toPath(settings.predictionsFolder()))
{
    PictureListModel& pictures = document.pictures();
    connect(&m_finder, &PictureFinder::found, &document, &Document::addPictures);
    connect(&m_finder, &PictureFinder::foundMore, &pictures, &PictureListModel::addPictures);
    connect(&document, &Document::restoring, &m_finder, &PictureFinder::forget);
    connect(&document, &Document::restoring, &m_folderWatch, &FolderWatch::forget);
    connect(&m_folderWatch, &FolderWatch::found, &pictures, &PictureListModel::addPictures);
    m_folderWatch.setOn(settings.boolean(Setting::WatchFolders));
    connect(&m_finder, &PictureFinder::leftOut, this,
            [this](const SkippedFiles& skipped) { emit noticed(QString::fromStdString(skipped.sentence())); });
    connect(&m_finder, &PictureFinder::failed, this, &PictureListFiller::failed);
    connect(&pictures, &PictureListModel::thumbnailWanted, this, [this, &pictures](int row) {
        m_thumbnails.request(pictures.path(row), decodeOptions(m_settings));
        m_looked.push_back(pictures.path(row));
        m_looking.start();
    });
    constexpr int scrolling = 150; // ms; what flies by is not looked at
    m_looking.setSingleShot(true);
    m_looking.setInterval(scrolling);
    connect(&m_looking, &QTimer::timeout, this, &PictureListFiller::preferWhatIsSeen);
    connect(&m_thumbnails, &ThumbnailLoader::dropped, &pictures,
            [&pictures](const std::filesystem::path& path) { pictures.forgetWish(pictures.rowOf(path)); });
    connect(&m_thumbnails, &ThumbnailLoader::thumbnailReady, this,
            [&pictures](const std::filesystem::path& path, const QImage& thumbnail, const PictureFacts& facts) {
                pictures.setFacts(pictures.rowOf(path), facts);
                pictures.setThumbnail(pictures.rowOf(path), thumbnail);
            });
    connect(&pictures, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        predict(first, last);
        markAllEdited(first, last);
    });
    connect(&pictures, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this, &pictures](const QModelIndex&, int first, int last) {
                for (int row = first; row <= last; ++row) {
                    m_predictions.remove(pictures.path(row));
                    m_known.erase(pictures.path(row).native());
                    m_thumbnails.forget(pictures.path(row));
                }
            });
    connect(&document, &Document::pictureFileChanged, this, [this, &pictures](int row) {
        m_predictions.remove(pictures.path(row));
        m_edited.erase(pictures.path(row));
        if (m_known.erase(pictures.path(row).native()) > 0)
            emit energiesChanged();
        markEdited(row);
        m_thumbnails.forget(pictures.path(row));
        m_thumbnails.request(pictures.path(row), decodeOptions(m_settings));
        predict(row, row);
    });
    connect(&document, &Document::restoring, &m_thumbnails, &ThumbnailLoader::clear);
    connect(&pictures, &QAbstractItemModel::modelReset, this, &PictureListFiller::predictAgain);
    connect(&document.editor(), &PictureEditor::editsChanged, this,
            [this] { markEdited(m_document.currentPicture()); });
    connect(&document, &Document::classNamesChanged, this,
            [this, &pictures] { markAllEdited(0, pictures.rowCount() - 1); });
    connect(&document, &Document::modelChanged, this, &PictureListFiller::takeModel);
    connect(&settings, &Settings::changed, this, [this](Setting setting) {
        if (concernsDecoding(setting)) {
            m_thumbnails.clear();
            m_document.pictures().clearThumbnails();
        }
        if (concernsEngine(setting))
            predictAgain();
        if (setting == Setting::WatchFolders)
            m_folderWatch.setOn(m_settings.boolean(setting));
    });
    connect(&m_predictions, &PredictionQueue::predicted, this, &PictureListFiller::takePrediction);
    connect(&m_predictions, &PredictionQueue::failed, this,
            [&pictures](const ViewRequest& request, const Failure& failure) {
                if (request.edits.empty()) // else the picture itself can be read
                    pictures.setError(pictures.rowOf(request.picture), failure.detail);
            });
    connect(&controller, &EngineController::viewReady, this, &PictureListFiller::takeView);
}

void PictureListFiller::open(const std::vector<std::filesystem::path>& filesAndFolders)
{
    m_finder.find(filesAndFolders);
    m_folderWatch.add(filesAndFolders);
}

std::vector<double> PictureListFiller::energiesOfOwnSpecies(const std::filesystem::path& picture) const
{
    const PictureListModel& pictures = m_document.pictures();
    std::vector<double> energies;
    for (const auto& [path, prediction] : m_known) {
        const QModelIndex index = pictures.index(pictures.rowOf(path));
        if (path != picture.native() && index.isValid() && index.data(PictureListModel::TrueClassRole).toInt() >= 0)
            energies.push_back(prediction.energy);
    }
    return energies;
}

/// The worker answers for the file that is open, also where another one has the same content.
void PictureListFiller::takeModel()
{
    const ModelDescription& model = *m_document.model();
    m_document.pictures().setPredictable(model.offer.hasLogits);
    const bool isSame = model.path == m_model && model.sha256 == m_modelHash && model.given == m_given;
    const KeptTrust kept = trustOfModel(model.training);
    const bool isJudgedOtherwise = kept.score != m_kept.score || kept.threshold != m_kept.threshold;
    m_kept = kept;
    if (isSame) {
        if (isJudgedOtherwise)
            for (const auto& [path, prediction] : m_known)
                tell(path, prediction);
        return;
    }
    m_model = model.path;
    m_modelHash = model.sha256;
    m_given = model.given;
    predictAgain();
}

void PictureListFiller::predictAgain()
{
    m_controller.clearBackground();
    m_document.pictures().clearPredictions();
    m_known.clear();
    emit energiesChanged();
    m_edited.clear();
    predict(0, m_document.pictures().rowCount() - 1);
    markAllEdited(0, m_document.pictures().rowCount() - 1);
}

void PictureListFiller::predict(int first, int last)
{
    if (!m_document.model() || !m_document.model()->offer.hasLogits) // tokens are no predictions
        return;
    ViewRequest request = openModelRequest(m_document);
    request.edits.clear();
    request.intervention = {};
    request.set = {};
    std::vector<std::filesystem::path> pictures;
    for (int row = first; row <= last; ++row)
        pictures.push_back(m_document.pictures().path(row));
    m_predictions.add(request, pictures);
}

void PictureListFiller::preferWhatIsSeen()
{
    constexpr std::size_t most = 64; // a screenful
    if (m_looked.size() > most)
        m_looked.erase(m_looked.begin(), m_looked.end() - most);
    m_predictions.prefer(m_looked);
    m_looked.clear();
}

void PictureListFiller::takePrediction(const ViewRequest& request, const Prediction& prediction)
{
    const auto& model = m_document.model();
    const ViewRequest now = m_document.request();
    if (model && model->path == request.checkpoint && request.decode == now.decode &&
        request.preprocessFor(*model) == now.preprocessFor(*model)) {
        if (request.edits.empty()) {
            show(request.picture, prediction);
            askAboutEdits(request);
        } else {
            m_edited[request.picture] = {contentKey(request.edits), prediction};
            markEdited(m_document.pictures().rowOf(request.picture));
        }
    }
}

/// The shown picture's answer comes with its maps.
void PictureListFiller::askAboutEdits(ViewRequest request)
{
    request.edits = m_document.editor().historyOf(request.picture).state().edits;
    const auto known = m_edited.find(request.picture);
    const bool isKnown = known != m_edited.end() && known->second.edits == contentKey(request.edits);
    if (request.picture != m_document.editor().picture() && !isKnown &&
        std::ranges::any_of(request.edits, &Edit::enabled))
        m_predictions.add(request);
}

void PictureListFiller::takeView(const ViewResult& view)
{
    if (!view.full->hasLogits())
        return;
    const int best = bestClass(*view.full);
    const Prediction prediction{best, view.full->probability(best), energy(view.full->logits()),
                                static_cast<double>(view.full->logit(best))};
    if (std::ranges::none_of(view.shown.edits, &Edit::enabled)) {
        show(view.shown.path, prediction);
        return;
    }
    m_edited[view.shown.path] = {view.key.edits, prediction};
    markEdited(m_document.pictures().rowOf(view.shown.path));
}

/// The answer is that of these edits, or none: they may have changed since the model was asked.
void PictureListFiller::markEdited(int row)
{
    const std::filesystem::path path = m_document.pictures().path(row);
    const EditList& edits = m_document.editor().historyOf(path).state().edits;
    const bool isEdited = std::ranges::any_of(edits, &Edit::enabled);
    PicturePrediction shown;
    if (const auto known = m_edited.find(path); isEdited && known != m_edited.end()) {
        const auto& [key, prediction] = known->second;
        if (key == contentKey(edits))
            shown = {prediction.classIndex, m_document.classNames().name(prediction.classIndex),
                     static_cast<double>(prediction.probability)};
    }
    m_document.pictures().setEdited(row, isEdited, shown);
}

void PictureListFiller::markAllEdited(int first, int last)
{
    for (int row = first; row <= last; ++row)
        if (!m_document.editor().historyOf(m_document.pictures().path(row)).state().edits.empty())
            markEdited(row);
}

void PictureListFiller::show(const std::filesystem::path& path, const Prediction& prediction)
{
    tell(path, prediction);
    if (m_document.pictures().rowOf(path) < 0)
        return;
    m_known[path.native()] = prediction;
    emit energiesChanged();
}

void PictureListFiller::tell(const std::filesystem::path& path, const Prediction& prediction)
{
    const auto probability = static_cast<double>(prediction.probability);
    // Without a threshold of its own it is told by how many are less unusual, of the shown picture alone.
    const bool isUnusual = m_kept.score && m_kept.isUnusual(prediction.energy, prediction.logit, probability) == true;
    PictureListModel& pictures = m_document.pictures();
    pictures.setPrediction(
        pictures.rowOf(path),
        {prediction.classIndex, m_document.classNames().name(prediction.classIndex), probability, isUnusual});
}

} // namespace ocellus
