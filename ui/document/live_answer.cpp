// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/live_answer.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <ranges>
#include <utility>

#include "core/engine/intervention_subject.h"
#include "core/engine/tree_answer.h"
#include "ui/document/document.h"
#include "ui/document/open_model_request.h"
#include "ui/document/result_explanation.h"
#include "ui/document/setting_groups.h"
#include "ui/engine/paths.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/map_names.h"

namespace ocellus {

namespace {

// After a stroke, so that the next one is not held up by the model.
constexpr std::chrono::milliseconds AnswerDelay{300};

} // namespace

LiveAnswer::LiveAnswer(Document& document, Settings& settings, EngineController& controller, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_settings(settings),
      m_controller(controller),
      m_source(document, controller),
      m_blurring(controller),
      m_worth(controller)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(AnswerDelay);
    connect(&m_delay, &QTimer::timeout, this, &LiveAnswer::ask);
    connectController();
    connectDocument();
    connect(this, &LiveAnswer::explanationChanged, this, &LiveAnswer::rankByBlurring);
    connect(&m_blurring, &BlurRanking::changed, this, &LiveAnswer::explanationChanged);
    connect(this, &LiveAnswer::explanationChanged, this, &LiveAnswer::weighHeads);
    connect(&m_worth, &HeadWorth::changed, this, &LiveAnswer::explanationChanged);
    // Whoever cleared it may not have changed what is shown. Later: both forget first what they had asked.
    connect(
        &m_controller, &EngineController::backgroundCleared, this,
        [this] {
            rankByBlurring();
            weighHeads();
        },
        Qt::QueuedConnection);
    connect(&m_evidence, &EvidenceBook::changed, this, &LiveAnswer::explanationChanged);
    ask();
}

void LiveAnswer::connectDocument()
{
    connect(&m_document, &Document::modelChanged, this, [this] { m_patches.setModel(m_document.model()); });
    connect(&m_patches, &PrototypePatchLoader::changed, this, &LiveAnswer::explanationChanged);
    connect(&m_document, &Document::requestChanged, this, &LiveAnswer::ask);
    connect(&m_document.editor(), &PictureEditor::editsChanged, this, &LiveAnswer::askLater);
    connect(&m_document, &Document::restoring, this, [this] {
        m_lockedRange.reset();
        clear();
    });
    connect(&m_watch, &PictureWatch::changed, this, &LiveAnswer::takeChangedFile);
    connect(&m_document, &Document::currentPictureChanged, this, [this](int row) {
        m_watch.watch(m_document.pictures().path(row));
        m_delay.stop();
        m_mayFollow = true;
        if (row < 0)
            clear();
    });
    // A class that was chosen since the picture, by the user or from a session, is what is wanted to be seen.
    connect(&m_document, &Document::currentClassChanged, this,
            [this](int classIndex) { m_mayFollow = m_mayFollow && classIndex < 0; });
    connect(&m_document, &Document::displayChanged, this, &LiveAnswer::lockRange);
    connect(&m_document, &Document::currentClassChanged, this, &LiveAnswer::tellExplanation);
    connect(&m_document, &Document::displayChanged, this, &LiveAnswer::tellExplanation);
    connect(&m_document, &Document::limitChanged, this, &LiveAnswer::keepLimit);
    connect(&m_document, &Document::limitChanged, this, &LiveAnswer::tellExplanation);
    connect(&m_document, &Document::classNamesChanged, this, &LiveAnswer::tellExplanation);
    connect(&m_document.headNotes(), &HeadNotes::changed, this, &LiveAnswer::tellExplanation);
}

void LiveAnswer::connectController()
{
    connect(&m_controller, &EngineController::deviceReported, this, &LiveAnswer::takeDevice);
    connect(&m_controller, &EngineController::modelOpened, this, &LiveAnswer::takeModel);
    connect(&m_controller, &EngineController::pictureReady, this, &LiveAnswer::takePicture);
    connect(&m_controller, &EngineController::draftReady, this, &LiveAnswer::takeResult);
    connect(&m_controller, &EngineController::viewReady, this, [this](const ViewResult& result) {
        takeResult(result);
        m_settings.addRecent(Setting::RecentPictures, toQString(result.shown.path));
    });
    connect(&m_controller, &EngineController::failed, this, &LiveAnswer::takeFailure);
    connect(&m_controller, &EngineController::cancelled, this, &LiveAnswer::takeBackChoices);
    connect(&m_controller, &EngineController::progressed, this, &LiveAnswer::progressed);
    connect(&m_controller, &EngineController::busyChanged, this, [this](bool busy) {
        m_isModelAway = m_isModelAway && busy; // what was asked for has opened it
        tellState();
    });
    connect(&m_source, &ShownSource::changed, this, &LiveAnswer::explanationChanged);
    connect(&m_source, &ShownSource::interrupted, this, &LiveAnswer::tellExplanation, Qt::QueuedConnection);
    connect(&m_source, &ShownSource::busyChanged, this, &LiveAnswer::sourceBusyChanged);
}

ViewKey LiveAnswer::wantedKey() const
{
    return keyOf(m_document.request());
}

ViewKey LiveAnswer::openModelKey() const
{
    return keyOf(openModelRequest(m_document));
}

ViewKey LiveAnswer::keyOf(const ViewRequest& wanted) const
{
    ViewKey key;
    const auto& model = m_document.model();
    if (model && model->path == wanted.checkpoint && model->given == wanted.engine.model) {
        key.model = m_document.model()->sha256;
        key.preprocess = wanted.preprocessFor(*m_document.model());
    }
    key.picture = m_document.contentOf(wanted.picture, wanted.decode);
    key.edits = m_document.editsKey();
    key.decode = wanted.decode;
    key.given = wanted.engine.model;
    key.limit = wanted.set;
    key.intervention = wanted.intervention;
    if (m_device && m_deviceOptions.device == wanted.engine.device) {
        const bool isCpu = m_device->precision.device == "cpu"; // which knows neither
        key.precision = {m_device->precision.device, wanted.engine.tf32 && !isCpu, wanted.engine.half && !isCpu};
    }
    return key;
}

bool LiveAnswer::isStale() const
{
    const bool isWanted = !m_document.checkpoint().empty() && !m_document.editor().picture().empty();
    return isWanted && wantedKey() != m_result.key;
}

void LiveAnswer::cancel()
{
    m_delay.stop();
    m_source.cancel();
    if (m_document.model() && m_document.isModelOnItsWay()) {
        // The other one may be open by now: this one is again before anything that waits in the background asks it.
        takeBackChoices();
        ViewRequest modelOnly = openModelRequest(m_document);
        modelOnly.picture.clear();
        m_isModelAway = true;
        m_controller.request(std::move(modelOnly));
        tellState();
    } else if (m_controller.isBusy()) {
        const bool isAway = m_isModelAway;
        m_controller.cancel(isAway ? EngineController::Rest::Waits : EngineController::Rest::GoesOn);
        m_isModelAway = isAway; // and choices were taken back
        tellState();
    } else {
        takeBackChoices();
    }
}

void LiveAnswer::ask()
{
    m_delay.stop();
    m_source.askAgain();
    m_controller.request(m_document.request());
    tellState();
}

/// The edited picture at once, and its maps when the strokes are over.
void LiveAnswer::askLater()
{
    if (!isStale() && m_result.decoding) {
        m_picture = m_result.shown; // back to where the model was asked last
        emit pictureShown();
    }
    m_delay.start();
    ViewRequest request = m_document.request();
    request.pictureOnly = true;
    m_controller.request(std::move(request));
    tellState();
}

void LiveAnswer::takeDevice(const EngineOptions& options, const DeviceReport& report)
{
    m_device = report;
    m_deviceOptions = options;
    emit deviceChanged();
    tellState();
}

void LiveAnswer::takeModel(const ModelDescription& model)
{
    if (model.path != m_document.checkpoint() || model.given != m_document.given())
        return;
    if (m_result.decoding && (m_result.key.model != model.sha256 || m_result.key.given != model.given))
        clear();
    m_document.takeModel(model);
    tellState();
}

void LiveAnswer::takePicture(const ShownPicture& picture)
{
    m_document.editor().setOriginalSize({picture.original.width(), picture.original.height()});
    const ContentKey known = m_document.contentOf(picture.path, m_document.request().decode);
    const bool hasChanged = known != ContentKey() && known != picture.content;
    m_document.takeContent(picture.path, picture.content);
    if (picture.path != m_picture.path && picture.facts.isDoubtful())
        emit noticed(
            tr("%1: %2").arg(toQString(picture.path.filename()), QString::fromStdString(remarkText(picture.facts))));
    // The maps of another picture have no place on this one.
    if (m_result.decoding && m_result.shown.path != picture.path) {
        m_result = {};
        m_picture = picture;
        emit resultChanged();
    }
    m_picture = picture;
    emit pictureShown();
    tellExplanation();
    tellState();
    // Asked about before the watch could tell: what was chosen on the maps of other pixels goes now.
    if (hasChanged) {
        m_watch.watch(picture.path);
        takeChangedFile();
    }
}

/// The numbers are those of what the file held before.
void LiveAnswer::takeChangedFile()
{
    if (m_result.decoding)
        emit noticed(tr("%1 has changed since these numbers were made: the model is asked again.")
                         .arg(toQString(m_document.editor().picture().filename())));
    m_document.takeChangedFile();
}

void LiveAnswer::takeResult(const ViewResult& result)
{
    m_result = result;
    m_picture = result.shown;
    m_document.confirm(result.key.intervention);
    keepLimit();
    chooseClass();
    if (!result.isDraft)
        lockRange(); // a session may ask for it before there are maps
    emit pictureShown();
    emit resultChanged();
    tellExplanation();
    tellState();
}

void LiveAnswer::chooseClass()
{
    const Decoding& decoding = *m_result.decoding;
    const bool isNew = std::exchange(m_mayFollow, false);
    const bool isFirst = m_document.currentClass() < 0;
    const bool follow = isNew && m_settings.boolean(Setting::FollowPrediction);
    if (follow || isFirst || !decoding.hasClass(m_document.currentClass()))
        m_document.setCurrentClass(bestClass(decoding));
    if (isNew || isFirst)
        suggestHead();
}

/// The one that shows most: under a range that the heads share, most of the others are nearly clear. Of prototypes the
/// one that gives most, however evenly it is alike.
void LiveAnswer::suggestHead()
{
    const Decoding& decoding = *m_result.decoding;
    if (decoding.extent().layers == 0)
        return;
    if (m_document.model()->offer.mapKind == MapKind::Prototype) {
        m_document.suggestHead(decoding.rankHeads(m_document.display().layer, m_document.currentClass()).front());
        return;
    }
    std::vector<float> peaks;
    for (int head = 0; head < decoding.extent().heads; ++head)
        peaks.push_back(
            std::ranges::max(decoding.attention(m_document.display().layer, head, m_document.currentClass())));
    m_document.suggestHead(static_cast<int>(std::ranges::max_element(peaks) - peaks.begin()));
}

void LiveAnswer::takeFailure(const Failure& failure)
{
    const bool wasModelOnItsWay = m_document.isModelOnItsWay();
    if (failure.step == Step::Picture) {
        m_document.pictures().setError(m_document.currentPicture(), failure.detail);
        clear();
    }
    const bool isRefused = failure.subject == QLatin1String(interventionSubject) && m_document.giveUpIntervention();
    takeBackChoices();
    emit failed(failure);
    if (isRefused)
        ask(); // nothing but that stood in the way
    // The engine may hold no model by now, and what can be looked at without one is.
    if (failure.step == Step::Model && wasModelOnItsWay &&
        (m_document.model() || !m_document.editor().picture().empty())) {
        ask();
    } else if (failure.step == Step::Model && m_document.model()) {
        // The document's own: its file has gone or changed, or the engine is a new one that has none open.
        m_isModelAway = true;
        tellState();
    }
}

/// What a click asks for again goes back to what is shown. Edits are work, settings were confirmed, and a picture can
/// be looked at without maps: they stay, and the result's key tells that it is older.
void LiveAnswer::takeBackChoices()
{
    m_delay.stop();
    m_document.giveUpModel();
    if (m_picture.path != m_document.editor().picture())
        clear();
    if (m_result.decoding)
        m_document.takeBack(m_limit);
    tellState();
}

/// The choice that the result is of: its query set alone does not tell a filter from no limit.
void LiveAnswer::keepLimit()
{
    if (m_document.limit().querySet() == m_result.key.limit)
        m_limit = m_document.limit();
    else if (m_limit.querySet() != m_result.key.limit)
        m_limit = choiceOf(m_result.key.limit);
}

void LiveAnswer::lockRange()
{
    if (!m_document.display().lockRange)
        m_lockedRange.reset();
    else if (const Explanation shown = withState(explanationOf(m_document, m_result));
             !m_lockedRange && !shown.isEmpty() && shown.decoding->extent().layers > 0)
        m_lockedRange = tileMaps(shown).front().range;
}

void LiveAnswer::holdSource(bool isHeld)
{
    m_source.hold(isHeld);
    tellExplanation();
}

/// Those of the maps that are shown, or of the nodes that the picture comes to, most probable first.
void LiveAnswer::wantPatches()
{
    constexpr std::size_t mostNodes = 300;
    if (!m_patches.patches() || !m_result.decoding)
        return;
    const Explanation shown = ocellus::explanationOf(m_document, m_result);
    if (shown.isEmpty())
        return;
    std::vector<int> wanted;
    for (int head = 0; head < shown.heads() && shown.decoding->extent().layers > 0; ++head)
        if (const auto part = shown.decoding->part(shown.layer, head, shown.classIndex);
            part && part->kind == MapSource::PartKind::Prototype)
            wanted.push_back(part->prototype);
    if (const TreeAnswer* tree = shown.decoding->tree()) {
        std::vector<TreeAnswer::Node> nodes = tree->nodes;
        std::erase_if(nodes, &TreeAnswer::Node::isLeaf);
        std::ranges::stable_sort(nodes, std::greater(), &TreeAnswer::Node::reached);
        for (const TreeAnswer::Node& node : nodes | std::views::take(mostNodes))
            wanted.push_back(node.prototype);
    }
    m_patches.want(wanted);
}

void LiveAnswer::tellExplanation()
{
    m_source.follow(m_result, isStale());
    wantPatches();
    emit explanationChanged();
}

void LiveAnswer::rankByBlurring()
{
    const bool canBlur = m_document.model() && m_document.model()->offer.canBlurHeads && !isStale();
    m_blurring.follow(m_result, m_document.request(), canBlur, canBlur ? explanation().classIndex : -1);
}

void LiveAnswer::weighHeads()
{
    const auto& model = m_document.model();
    if (!m_result.decoding || isStale() || !model || model->sha256 != m_result.key.model)
        return; // what is known of the result stays
    const Explanation shown = ocellus::explanationOf(m_document, m_result);
    // What a prototype is worth is its contribution, which its tile says already.
    const bool isUntold = model->offer.canIntervene && model->offer.mapKind == MapKind::Head;
    m_worth.follow(m_result, m_document.request(), isUntold, shown.classIndex, shown.layer);
}

/// Maps that do not read the decoding are of the whole model, and of none of its layers.
EvidenceSubject LiveAnswer::subjectOf(const Explanation& shown) const
{
    if (!shown.source)
        return {m_result.key, shown.classIndex, shown.layer};
    const bool readsDecoding = m_table.source(shown.source->id.toStdString()).traits().readsDecoding;
    return {readsDecoding ? m_result.key : m_result.key.withoutLimit(), shown.classIndex,
            isOfLayer({shown.source->text}) ? shown.layer : 0};
}

EvidenceSubject LiveAnswer::evidenceSubject() const
{
    return subjectOf(explanation());
}

void LiveAnswer::addEvidence(Explanation& shown) const
{
    EvidenceSheet sheet = m_evidence.sheet(subjectOf(shown));
    if (shown.decoding)
        sheet.setHeadNames(MapNames(*shown.decoding, shown.layer, shown.classIndex).all());
    std::vector<float> worth = m_worth.ofHeads(m_result, shown.classIndex, shown.layer);
    shown.evidence.reset();
    if (!sheet.isEmpty() || !worth.empty())
        shown.evidence = std::make_shared<const MapEvidence>(
            MapEvidence{shown.classIndex, shown.layer, std::move(sheet), std::move(worth)});
}

void LiveAnswer::clear()
{
    m_result = {};
    m_picture = {};
    emit pictureShown();
    emit resultChanged();
    tellExplanation();
    tellState();
}

void LiveAnswer::tellState()
{
    const bool stale = isStale();
    const bool busy = isBusy();
    if (const bool away = isModelAway(); std::exchange(m_wasAway, away) != away)
        emit modelAwayChanged(away);
    if (std::exchange(m_wasStale, stale) != stale) {
        emit staleChanged(stale);
        tellExplanation();
    }
    if (std::exchange(m_wasBusy, busy) != busy) {
        emit busyChanged(busy);
        if (m_picture.picture.isNull())
            tellExplanation(); // which says what is under way
    }
}

Explanation LiveAnswer::withState(Explanation explanation) const
{
    explanation.stale = isStale();
    if (!explanation.isEmpty())
        explanation.patches = m_patches.patches();
    explanation.lockedRange = m_lockedRange;
    const QString error =
        m_document.pictures().index(m_document.currentPicture()).data(PictureListModel::ErrorRole).toString();
    const std::filesystem::path& picture = m_document.editor().picture();
    if (!m_picture.picture.isNull())
        return explanation;
    if (!error.isEmpty())
        explanation.whyEmpty = tr("This picture cannot be read: %1").arg(error);
    else if (isBusy() && m_document.isModelOnItsWay())
        explanation.whyEmpty = tr("Opening %1 …").arg(toQString(m_document.checkpoint().filename()));
    else if (isBusy() && !picture.empty())
        explanation.whyEmpty = tr("Reading %1 …").arg(toQString(picture.filename()));
    return explanation;
}

Explanation LiveAnswer::explanation() const
{
    Explanation shown = explanationOfHeads();
    if (shown.isEmpty())
        return shown;
    if (auto source = m_source.viewOf(m_result, shown.classIndex)) {
        shown = withSource(std::move(shown), std::move(source));
        addEvidence(shown);
    }
    return shown;
}

Explanation LiveAnswer::explanationOfHeads() const
{
    Explanation shown = withState(explanationOf(m_document, m_result));
    if (!shown.isEmpty() && shown.layer == shown.decoding->extent().layers - 1)
        shown.blurRanks = m_blurring.ranks(m_result, shown.classIndex);
    if (!shown.isEmpty())
        addEvidence(shown);
    if (m_result.isEdited())
        shown.before = std::make_shared<const Explanation>(explanationBefore());
    return shown;
}

Explanation LiveAnswer::explanationOnScreen() const
{
    Explanation shown = explanation();
    shown.picture = m_picture.picture;
    shown.pictureName = m_document.pictures().distinctName(m_picture.path);
    shown.before.reset();
    if (!m_picture.edits.empty()) {
        Explanation before = explanationBefore();
        before.picture = m_picture.original;
        before.pictureName = shown.pictureName;
        shown.before = std::make_shared<const Explanation>(std::move(before));
    }
    // After a crop the old maps have no place on the new picture.
    if (m_picture.picture.size() != m_result.shown.picture.size())
        shown.decoding.reset();
    return shown;
}

Explanation LiveAnswer::explanationBefore() const
{
    return withState(explanationBeforeOf(m_document, m_result));
}

Explanation LiveAnswer::explanationOfFull() const
{
    return withState(explanationOfFullOf(m_document, m_result));
}

int bestClass(const Decoding& decoding)
{
    return decoding.classes().at(static_cast<std::size_t>(decoding.ranking().front()));
}

} // namespace ocellus
