// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/document.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "ui/document/setting_groups.h"
#include "ui/engine/paths.h"
#include "ui/engine/picture_image.h"
#include "ui/figures/edit_text.h"
#include "ui/models/intervention_text.h"

namespace ocellus {

namespace {

constexpr int HashDigits = 12;
// After a stroke, so that the next one is not held up by the model.
constexpr std::chrono::milliseconds AnswerDelay{300};

std::filesystem::path plainPath(const std::filesystem::path& path)
{
    return std::filesystem::absolute(path).lexically_normal();
}

/// What was computed, in the panel's terms; `filter` is no part of a query set.
LimitChoice limitOf(const QuerySet& computed, const LimitChoice& chosen)
{
    if (computed.mode == LimitMode::All)
        return chosen.kind == LimitChoice::Kind::Filter ? chosen : LimitChoice();
    const auto kind = computed.mode == LimitMode::Zero ? LimitChoice::Kind::Zero : LimitChoice::Kind::Drop;
    return {kind, QList<int>(computed.active.begin(), computed.active.end())};
}

} // namespace

int bestClass(const Decoding& decoding)
{
    return decoding.classes().at(static_cast<std::size_t>(decoding.ranking().front()));
}

Document::Document(Settings& settings, EngineController& controller, QObject* parent)
    : QObject(parent),
      m_settings(settings),
      m_controller(controller),
      m_predictions(controller),
      m_names(settings),
      m_display(displayChoice(settings))
{
    connect(&controller, &EngineController::deviceReported, this, [this](const DeviceReport& report) {
        m_device = report;
        emit deviceChanged();
    });
    connect(&controller, &EngineController::modelOpened, this, &Document::takeModel);
    connect(&controller, &EngineController::pictureReady, this, &Document::takePicture);
    connect(&controller, &EngineController::draftReady, this, &Document::takeDraft);
    connect(&controller, &EngineController::viewReady, this, &Document::takeView);
    connect(&controller, &EngineController::failed, this, &Document::takeFailure);
    connect(&controller, &EngineController::cancelled, this, &Document::revert);
    connect(&controller, &EngineController::progressed, this, &Document::progressed);
    connect(&controller, &EngineController::busyChanged, this, [this](bool busy) {
        emit busyChanged(busy);
        emit explanationChanged();
    });
    connect(&m_predictions, &PredictionQueue::predicted, this,
            [this](const ViewRequest& request, const Prediction& prediction) {
                if (isOpen(request))
                    takePrediction(request.picture, prediction);
            });
    connect(&m_predictions, &PredictionQueue::failed, this, [this](const ViewRequest& request, const Failure& failure) {
        m_pictures.setError(m_pictures.rowOf(request.picture), failure.detail);
    });
    connect(&m_names, &ClassNames::changed, this, &Document::publishClassNames);
    connect(&m_names, &ClassNames::read, this, &Document::noticed);
    connect(&m_names, &ClassNames::failed, this, &Document::failed);
    connect(&m_finder, &PictureFinder::found, this, &Document::addFiles);
    connect(&m_finder, &PictureFinder::leftOut, this,
            [this](const SkippedFiles& skipped) { emit noticed(QString::fromStdString(skipped.sentence())); });
    connect(&m_finder, &PictureFinder::failed, this, &Document::failed);
    connect(&m_pictures, &PictureListModel::thumbnailWanted, this,
            [this](int row) { m_thumbnails.request(m_pictures.path(row), decodeOptions(m_settings)); });
    connect(&m_thumbnails, &ThumbnailLoader::thumbnailReady, this,
            [this](const std::filesystem::path& path, const QImage& thumbnail, const PictureFacts& facts) {
                m_pictures.setFacts(m_pictures.rowOf(path), facts);
                m_pictures.setThumbnail(m_pictures.rowOf(path), thumbnail);
            });
    connect(&settings, &Settings::changed, this, &Document::takeSetting);
    connect(&m_headNotes, &HeadNotes::changed, this, &Document::explanationChanged);
    m_answerTimer.setSingleShot(true);
    m_answerTimer.setInterval(AnswerDelay);
    connect(&m_answerTimer, &QTimer::timeout, this, &Document::requestView);
    connect(&m_editor, &PictureEditor::editsChanged, this, &Document::showEdits);
    connect(&m_editor, &PictureEditor::failed, this, &Document::failed);
    m_controller.request(wish());
}

void Document::openCheckpoint(const std::filesystem::path& path)
{
    m_checkpoint = plainPath(path);
    requestView();
}

void Document::loadClassTable(const std::filesystem::path& path)
{
    if (isModelOnItsWay()) {
        m_waitingTable = path;
        m_waitingKeep = ClassNames::Keep::Remembered;
        return;
    }
    if (!m_model) {
        emit noticed(tr("Open a checkpoint first: a class table belongs to a model."));
        return;
    }
    m_names.load(path, *m_model);
}

std::filesystem::path Document::classTable() const
{
    return m_model ? m_names.path() : std::filesystem::path();
}

void Document::forgetClassTable()
{
    if (!m_model)
        return;
    m_names.forget(*m_model);
    publishClassNames();
}

void Document::publishClassNames()
{
    m_pictures.setClassTable(m_names.areKnown() ? m_names.table() : ClassTable());
    for (int row = 0; row < m_pictures.rowCount(); ++row) {
        const QModelIndex index = m_pictures.index(row);
        const int predicted = index.data(PictureListModel::PredictedClassRole).toInt();
        if (predicted >= 0)
            m_pictures.setPrediction(
                row, {predicted, m_names.name(predicted), index.data(PictureListModel::ProbabilityRole).toDouble()});
    }
    emit classNamesChanged();
    emit explanationChanged();
}

void Document::openPictures(const std::vector<std::filesystem::path>& filesAndFolders)
{
    m_finder.find(filesAndFolders);
}

void Document::addFiles(const std::vector<ImageFile>& files)
{
    const int before = m_pictures.rowCount();
    const int first = m_pictures.addPictures(files);
    predict(before);
    setCurrentPicture(first);
}

void Document::removePicture(int row)
{
    const bool wasCurrent = row == currentPicture();
    const std::filesystem::path path = m_pictures.path(row);
    m_predictions.remove(path);
    m_thumbnails.forget(path);
    m_pictures.removePicture(row);
    if (!wasCurrent)
        return;
    choosePicture(m_pictures.path(std::min(row, m_pictures.rowCount() - 1)));
    clearView();
    requestView();
}

void Document::insertPicture(int row, const ImageFile& file)
{
    if (m_pictures.rowOf(file.path) < 0) {
        m_pictures.insertPicture(row, file);
        const int inserted = m_pictures.rowOf(file.path);
        predict(inserted, inserted);
    }
    setCurrentPicture(m_pictures.rowOf(file.path));
}

void Document::restore(const RestoredWork& work)
{
    m_controller.clearBackground();
    m_thumbnails.clear();
    choosePicture({});
    clearView();
    m_editor.forgetAll();
    std::vector<ImageFile> files;
    for (const RestoredWork::EditedPicture& picture : work.pictures) {
        const std::filesystem::path path = plainPath(picture.path);
        files.push_back({path, path.filename(), path.parent_path().filename().string()});
        m_editor.setHistory(path, picture.history);
    }
    m_pictures.setPictures(files);
    if (!work.checkpoint.empty())
        m_checkpoint = plainPath(work.checkpoint);
    m_waiting = work;
    m_waitingTable = work.classTable;
    m_waitingKeep = ClassNames::Keep::ForNow;
    choosePicture(m_pictures.path(work.picture));
    if (!isModelOnItsWay()) {
        if (const std::filesystem::path table = std::exchange(m_waitingTable, {}); !table.empty())
            m_names.load(table, *m_model, m_waitingKeep);
        takeWaitingChoices();
        predict(0);
    }
    requestView();
}

void Document::setCurrentPicture(int row)
{
    const std::filesystem::path path = m_pictures.path(row);
    if (path.empty() || path == m_picture)
        return;
    choosePicture(path);
    requestView();
}

void Document::choosePicture(const std::filesystem::path& path)
{
    if (path == m_picture)
        return;
    m_picture = path;
    m_answerTimer.stop();
    m_editor.setPicture(path);
    dropIntervention();
    emit currentPictureChanged(currentPicture());
}

void Document::setCurrentClass(int classIndex)
{
    if (classIndex < 0 || classIndex >= classCount())
        return;
    if (m_view.decoding && !isBusy() && !m_view.decoding->hasClass(classIndex)) {
        emit noticed(tr("Class %1 has left the decoder (drop), so it has no map.").arg(m_names.label(classIndex)));
        emit currentClassChanged(m_class);
        return;
    }
    chooseClass(classIndex);
}

void Document::chooseClass(int classIndex)
{
    if (classIndex == m_class)
        return;
    m_class = classIndex;
    if (!m_intervention.empty()) {
        dropIntervention();
        requestView();
    }
    emit currentClassChanged(m_class);
    emit explanationChanged();
}

void Document::setHead(int head)
{
    if (head < 0 || head > headCount() || head == m_head)
        return;
    m_head = head;
    emit headChanged(m_head);
}

void Document::setLimit(const LimitChoice& limit)
{
    if (limit == m_limit)
        return;
    const bool sameForModel = limit.querySet() == m_limit.querySet();
    m_limit = limit;
    emit limitChanged();
    if (sameForModel) {
        emit explanationChanged();
        return;
    }
    dropIntervention();
    requestView();
}

void Document::setIntervention(const AttentionIntervention& intervention)
{
    if (intervention == m_intervention)
        return;
    m_intervention = intervention;
    emit interventionChanged();
    requestView();
}

void Document::dropIntervention()
{
    if (m_intervention.empty())
        return;
    m_intervention = {};
    emit interventionChanged();
}

void Document::setDisplay(const DisplayChoice& display)
{
    const DisplayChoice before = m_display;
    showAs(display);
    keepChanges(m_settings, before, m_display);
}

void Document::showAs(const DisplayChoice& display)
{
    if (display == m_display)
        return;
    const bool lockBegins = display.lockRange && !m_lockedRange;
    m_display = display;
    m_display.layer = std::clamp(display.layer, 0, std::max(0, layerCount() - 1));
    if (lockBegins && m_view.decoding)
        m_lockedRange = tileMaps(explanation()).front().range;
    if (!display.lockRange)
        m_lockedRange.reset();
    emit displayChanged();
    emit explanationChanged();
}

void Document::setLayer(int layer)
{
    DisplayChoice display = m_display;
    display.layer = std::clamp(layer, 0, std::max(0, layerCount() - 1));
    setDisplay(display);
}

Explanation Document::explanation() const
{
    Explanation shown = explanationOf(m_view.decoding, m_shown.picture, m_view.inputSize);
    if (shown.isEmpty())
        return shown;
    // After a crop the old maps have no place on the new picture.
    if (m_shown.picture.size() != m_view.shown.picture.size())
        shown.decoding.reset();
    shown.edits = m_shown.edits.empty() ? QString() : describe(m_shown.edits);
    shown.intervention = interventionText(m_view.intervention);
    return shown;
}

Explanation Document::explanationBefore() const
{
    return explanationOf(m_view.before, m_view.shown.original, m_view.beforeInputSize);
}

Explanation Document::explanationOfFull() const
{
    Explanation shown = explanationOf(m_view.full, m_view.shown.picture, m_view.inputSize);
    if (isEdited())
        shown.edits = describe(m_view.shown.edits);
    return shown;
}

Explanation Document::explanationOf(const std::shared_ptr<const Decoding>& decoding, const QImage& picture,
                                    Size inputSize) const
{
    Explanation shown;
    shown.picture = picture;
    shown.pictureName = m_pictures.distinctName(m_view.shown.path);
    if (!decoding || !m_model)
        return shown;
    shown.decoding = decoding;
    shown.geometry = CellGeometry({picture.width(), picture.height()}, inputSize, decoding->extent().rows,
                                  decoding->extent().columns, m_model->field, m_display.style.placement);
    shown.field = m_model->field;
    shown.inputSize = inputSize;
    shown.classIndex = m_view.decoding->hasClass(m_class) ? m_class : bestClass(*m_view.decoding);
    shown.layer = std::min(m_display.layer, decoding->extent().layers - 1);
    shown.style = m_display.style;
    shown.lockedRange = m_lockedRange;
    shown.sortByRanking = m_display.sortByRanking;
    shown.stale = isStale();
    shown.className = m_names.label(shown.classIndex);
    shown.modelName = toQString(m_model->path.filename());
    shown.modelHash = QString::fromStdString(m_model->sha256.substr(0, HashDigits));
    shown.limit = limitText(limitOf(decoding->querySet(), m_limit), classCount());
    shown.headNotes = m_headNotes.ofClass(shown.classIndex);
    shown.notices = notices();
    return shown;
}

QStringList Document::precisionNotes() const
{
    QStringList notes;
    if (m_device && m_device->name.find("cuda") != std::string::npos) {
        if (m_settings.boolean(Setting::Tf32))
            notes << tr("TF32");
        if (m_settings.boolean(Setting::Half))
            notes << tr("half precision");
    }
    return notes;
}

QStringList Document::notices() const
{
    const QStringList standing = standingNotices();
    const QStringList all = standing + noticesOf(m_view.shown.facts);
    return m_view.isDraft ? QStringList(tr("draft at half the resolution")) + all : all;
}

QStringList Document::standingNotices() const
{
    QStringList notices;
    if (m_model && m_model->untrained)
        notices << tr("untrained: the maps mean nothing");
    notices << precisionNotes();
    if (ignoresExif())
        notices << tr("EXIF orientation ignored");
    return notices;
}

void Document::cancel()
{
    if (isBusy())
        m_controller.cancel();
    else if (!m_predictions.isEmpty())
        m_predictions.setPaused(true);
}

} // namespace ocellus
