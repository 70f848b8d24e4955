// SPDX-License-Identifier: GPL-3.0-or-later
// How Document asks the controller and takes what comes back.
#include <algorithm>
#include <utility>

#include "ui/document/document.h"
#include "ui/document/setting_groups.h"
#include "ui/engine/paths.h"

namespace ocellus {

ViewRequest Document::wish() const
{
    ViewRequest request;
    request.engine = engineOptions(m_settings);
    request.checkpoint = m_checkpoint;
    request.picture = m_picture;
    request.decode = decodeOptions(m_settings);
    request.preprocess = preprocessOptions(m_settings);
    request.ownPreprocess = m_settings.boolean(Setting::ModelsOwnSize);
    request.edits = m_editor.state().edits;
    // Limit and intervention speak of the open model's classes.
    if (!isModelOnItsWay()) {
        request.set = m_limit.querySet();
        request.intervention = m_intervention;
    }
    return request;
}

ViewRequest Document::request() const
{
    ViewRequest request = wish();
    request.intervention = {};
    return request;
}

void Document::requestView()
{
    m_answerTimer.stop();
    m_controller.request(wish());
}

void Document::showEdits()
{
    dropIntervention(); // its cells were chosen on maps that are gone
    m_editFailed = false;
    m_answerTimer.start();
    ViewRequest request = wish();
    request.pictureOnly = true;
    m_controller.request(std::move(request));
    emit explanationChanged();
}

bool Document::isOpen(const ViewRequest& request) const
{
    return m_model && m_model->path == request.checkpoint && request.decode == wish().decode &&
           request.preprocessFor(*m_model) == preprocessing();
}

void Document::takeModel(const ModelDescription& model)
{
    // A model that was opened for a request taken back since: the next request opens the wished one again.
    if (model.path != m_checkpoint)
        return;
    const bool sameModel = m_model && m_model->sha256 == model.sha256;
    m_model = model;
    m_headNotes.setModel(model.sha256);
    m_settings.addRecent(Setting::RecentCheckpoints, toQString(model.path));
    const std::filesystem::path table = std::exchange(m_waitingTable, {});
    if (sameModel) {
        emit modelChanged();
        if (!table.empty())
            m_names.load(table, model, m_waitingKeep);
        takeWaitingChoices();
        // The pictures may be others, and those that wait were asked of the path before.
        m_controller.clearBackground();
        predict(0);
        return;
    }
    m_limit = m_shownLimit = {};
    m_class = -1;
    m_head = std::min(m_head, headCount());
    m_display.layer = layerCount() - 1;
    m_display.lockRange = false;
    m_lockedRange.reset();
    m_controller.clearBackground();
    m_pictures.clearPredictions();
    clearView();
    try {
        m_names.choose(model, table, m_waitingKeep);
    } catch (...) {
        emit failed(failureOf(Step::ClassTable, std::current_exception()));
    }
    emit modelChanged();
    publishClassNames();
    emit limitChanged();
    emit displayChanged();
    emit currentClassChanged(m_class);
    takeWaitingChoices();
    predict(0);
}

void Document::takeWaitingChoices()
{
    if (!m_waiting)
        return;
    const RestoredWork work = *std::exchange(m_waiting, std::nullopt);
    m_waitingClass = work.classIndex < classCount() ? work.classIndex : -1;
    showAs(work.display); // the user's own choice stays for other work
    setHead(std::clamp(work.head, 0, headCount()));
    LimitChoice limit = work.limit;
    limit.active.removeIf([this](int classIndex) { return classIndex >= classCount(); });
    setLimit(limit);
}

void Document::takePicture(const ShownPicture& picture)
{
    if (picture.path == m_picture)
        m_editor.setOriginalSize({picture.original.width(), picture.original.height()});
    if (picture.path != m_shown.path && picture.facts.isDoubtful())
        emit noticed(
            tr("%1: %2").arg(toQString(picture.path.filename()), QString::fromStdString(remarkText(picture.facts))));
    // Another picture keeps the view of the one before until it has maps of its own.
    if (m_view.decoding && picture.path != m_view.shown.path)
        return;
    m_shown = picture;
    if (!m_view.decoding)
        emit viewChanged();
    emit explanationChanged();
}

void Document::takeDraft(const ViewResult& draft)
{
    showView(draft);
}

void Document::takeView(const ViewResult& view)
{
    showView(view);
    m_settings.addRecent(Setting::RecentPictures, toQString(view.shown.path));
    if (!view.shown.edits.empty())
        return;
    const int best = bestClass(*view.full);
    takePrediction(view.shown.path, {best, view.full->probability(best)});
}

void Document::showView(const ViewResult& view)
{
    const bool anotherPicture = view.shown.path != m_view.shown.path || !m_view.decoding;
    m_view = view;
    m_shown = view.shown;
    m_editFailed = false;
    m_shownLimit = m_limit;
    chooseClassOfView(anotherPicture);
    emit viewChanged();
    emit explanationChanged();
}

void Document::chooseClassOfView(bool anotherPicture)
{
    const Decoding& decoding = *m_view.decoding;
    if (const int waiting = std::exchange(m_waitingClass, -1); waiting >= 0 && decoding.hasClass(waiting)) {
        chooseClass(waiting);
        return;
    }
    const bool follow = anotherPicture && m_settings.boolean(Setting::FollowPrediction);
    if (follow || m_class < 0 || !decoding.hasClass(m_class))
        chooseClass(bestClass(decoding));
}

void Document::takePrediction(const std::filesystem::path& path, const Prediction& prediction)
{
    m_pictures.setPrediction(m_pictures.rowOf(path), {prediction.classIndex, m_names.name(prediction.classIndex),
                                                      static_cast<double>(prediction.probability)});
}

void Document::takeFailure(const Failure& failure)
{
    m_answerTimer.stop();
    if (failure.step == Step::Picture) {
        m_pictures.setError(currentPicture(), failure.detail);
        clearView();
    } else if (failure.step == Step::Edit) {
        m_editFailed = true;
        emit explanationChanged();
    } else {
        revert();
    }
    emit failed(failure);
}

void Document::revert()
{
    m_checkpoint = m_model ? m_model->path : std::filesystem::path();
    m_waitingTable.clear();
    m_waiting.reset();
    m_waitingClass = -1;
    // A first picture stays chosen: there is nothing to go back to.
    if (m_view.decoding)
        choosePicture(m_view.shown.path);
    if (m_intervention != m_view.intervention) {
        m_intervention = m_view.intervention;
        emit interventionChanged();
    }
    if (m_limit != m_shownLimit) {
        m_limit = m_shownLimit;
        emit limitChanged();
    }
    emit explanationChanged();
}

void Document::clearView()
{
    m_view = {};
    m_shown = {};
    m_editFailed = false;
    emit viewChanged();
    emit explanationChanged();
}

void Document::predict(int firstRow, int lastRow)
{
    if (!m_model)
        return;
    ViewRequest request = wish();
    request.checkpoint = m_model->path;
    request.edits.clear();
    for (int row = firstRow; row <= std::min(lastRow, m_pictures.rowCount() - 1); ++row) {
        request.picture = m_pictures.path(row);
        m_predictions.add(request);
    }
}

void Document::takeSetting(Setting setting)
{
    if (concernsEngine(setting)) {
        m_controller.clearBackground();
        m_pictures.clearPredictions();
        if (concernsDecoding(setting)) {
            m_thumbnails.clear();
            m_pictures.clearThumbnails();
        }
        requestView();
        predict(0);
        return;
    }
    const ColourMap kept = displayChoice(m_settings).style.colourMap;
    if (setting == Setting::ColourMap && kept != m_display.style.colourMap) {
        DisplayChoice display = m_display;
        display.style.colourMap = kept;
        setDisplay(display);
    }
}

} // namespace ocellus
