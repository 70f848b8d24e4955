// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/evidence_study.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/analysis/edit_effects.h"
#include "core/base/error.h"
#include "core/explain/head_importance.h"
#include "core/explain/pointing_finding.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/settings.h"
#include "ui/engine/paths.h"
#include "ui/evidence/curve_view.h"
#include "ui/evidence/evidence_panel.h"
#include "ui/evidence/sanity_item.h"
#include "ui/figures/evidence_text.h"

namespace ocellus {

namespace {

constexpr int mostFrames = 65; // of a curve: a session file may tell of one without end

/// What a session tells of a test may be anything: what cannot be read was not done like that.
bool haveControlsOn(const std::string& settings, bool onAnimal)
{
    try {
        return CoverRecipe::of(settings).onAnimal == onAnimal;
    } catch (const Error&) {
        return false;
    }
}

/// Its pictures, one for each point.
bool canBeDrawn(const Finding& finding)
{
    try {
        return finding.curve.size() <= mostFrames && CurveRecipe::of(finding.settings).steps < mostFrames;
    } catch (const Error&) {
        return false;
    }
}

} // namespace

EvidenceStudy::EvidenceStudy(Document& document, LiveAnswer& answer, Settings& settings, EvidencePanel& panel,
                             QObject* parent)
    : QObject(parent),
      m_document(document),
      m_answer(answer),
      m_panel(panel),
      m_run(answer.controller()),
      m_frames(answer.controller()),
      m_sanity(toPath(settings.recoveryFolder()).parent_path() / "sanity"),
      m_importanceRun(answer.controller())
{
    connect(&panel, &EvidencePanel::testRequested, this, &EvidenceStudy::start);
    connect(&panel, &EvidencePanel::cancelRequested, this, &EvidenceStudy::cancel);
    connect(&panel, &EvidencePanel::mapChosen, &document,
            [&document](const EvidenceMap& map) { document.setHead(map.head < 0 ? document.headCount() : map.head); });
    connect(&answer, &LiveAnswer::explanationChanged, this, &EvidenceStudy::showSoon);
    connect(&answer, &LiveAnswer::staleChanged, this, &EvidenceStudy::showSoon);
    connect(&document, &Document::headChanged, this, &EvidenceStudy::showSoon);
    connect(&m_book, &EvidenceBook::changed, this, &EvidenceStudy::showSoon);
    connect(&m_book, &EvidenceBook::changed, this, &EvidenceStudy::standingsChanged);
    connect(&panel, &EvidencePanel::shown, this, &EvidenceStudy::showSoon);
    connect(&document.editor(), &PictureEditor::changed, this, &EvidenceStudy::showSoon);
    // What is found out would be of what is not there any more.
    connect(&document.editor(), &PictureEditor::editsChanged, this, [this] {
        const int row = m_document.currentPicture();
        if (row >= 0)
            m_run.cancelOutdated(m_document.pictures().path(row), m_document.editor().state().edits);
    });
    connect(&document, &Document::pictureFileChanged, this,
            [this](int row) { m_run.cancelOf(m_document.pictures().path(row)); });
    connect(&document, &Document::restoring, &m_run, &EvidenceRun::cancel);
    connect(&document, &Document::requestChanged, this, [this] {
        const EvidenceRequest* running = m_run.current();
        if (running && (running->view.checkpoint != m_document.checkpoint() ||
                        running->view.engine != m_document.request().engine))
            m_run.cancel();
    });
    connect(&m_run, &EvidenceRun::found, this, &EvidenceStudy::take);
    connect(&m_run, &EvidenceRun::runningChanged, this, &EvidenceStudy::showRun);
    connect(&m_run, &EvidenceRun::progressed, this, &EvidenceStudy::showRun);
    connect(&m_run, &EvidenceRun::failed, this, &EvidenceStudy::failed);
    connect(panel.curves(), &CurveView::framesWanted, this, &EvidenceStudy::askForFrames);
    connect(panel.curves(), &CurveView::framesForgotten, &m_frames, &CurveFrames::forget);
    connect(&m_frames, &CurveFrames::ready, panel.curves(), &CurveView::setFrames);
    // What heads are worth was on its way, or could not be told: it is asked for again.
    connect(&answer.controller(), &EngineController::backgroundCleared, this, [this] {
        if (m_importance.ofHeads.empty())
            m_importance.subject = {};
        showSoon();
    });
    connectSanity();
    show();
}

void EvidenceStudy::connectSanity()
{
    connect(m_panel.sanity(), &SanityItem::checkRequested, this, &EvidenceStudy::checkModel);
    connect(m_panel.sanity(), &SanityItem::cancelRequested, &m_sanity, &SanityStudy::cancel);
    connect(&m_sanity, &SanityStudy::changed, this, &EvidenceStudy::showSanity);
    connect(&m_sanity, &SanityStudy::progressed, this, &EvidenceStudy::showSanity);
    connect(&m_sanity, &SanityStudy::failed, this, &EvidenceStudy::failed);
    connect(&m_document, &Document::modelChanged, this, [this] {
        if (const auto& model = m_document.model())
            m_sanity.setModel(model->sha256, model->given);
        else
            m_sanity.setModel({}, {});
    });
    connect(&m_document.pictures(), &QAbstractItemModel::rowsInserted, this, &EvidenceStudy::showSoon);
    connect(&m_document.pictures(), &QAbstractItemModel::rowsRemoved, this, &EvidenceStudy::showSoon);
}

EvidenceSubject EvidenceStudy::subject() const
{
    const Explanation shown = m_answer.explanation();
    return {m_answer.result().key, shown.classIndex, shown.layer};
}

QString EvidenceStudy::whyNot() const
{
    const ViewResult& result = m_answer.result();
    if (!result.decoding)
        return tr("Open a checkpoint and a picture first.");
    if (m_answer.isStale() || result.isDraft)
        return tr("Wait until the model has answered.");
    if (!result.decoding->hasLogits())
        return tr("This model gives its tokens no logits, and so nothing can be lost.");
    if (result.decoding->extent().layers == 0)
        return tr("This model has no heads. What is tested here are maps of heads.");
    if (m_answer.explanation().source)
        return tr("Another source makes the maps. What is tested here are maps of heads: choose them in Display.");
    if (!result.key.intervention.empty())
        return tr("Attention was changed by hand. Tests ask the model as it is: take that back first.");
    if (result.key.limit.mode != LimitMode::All)
        return tr("The classes are limited. Tests ask the model about all of them: take the limit back first.");
    return {};
}

/// Where the last layer is shown, of a model whose answer can be had apart.
void EvidenceStudy::weighHeads()
{
    const ViewResult& result = m_answer.result();
    const EvidenceSubject now = subject();
    if (!result.decoding || m_answer.isStale() || result.isDraft || now == m_importance.subject)
        return;
    const Decoding::Extent& extent = result.decoding->extent();
    m_importance = {now, {}};
    m_importanceRun.cancel();
    if (!result.decoding->hasLogits() || extent.layers == 0 || now.layer != extent.layers - 1 ||
        !result.decoding->hasClass(now.classIndex) || !m_document.model() || !m_document.model()->offer.canIntervene)
        return;
    m_importanceRun.start({[this, view = m_document.request(), encoding = result.encoding, decoding = result.decoding,
                            now](EngineWorker& worker, const Progress&) -> std::function<void()> {
        std::vector<float> heads =
            headImportance(worker.engineFor(view), *encoding, *decoding, {now.classIndex}).front();
        return [this, now, heads = std::move(heads)] {
            if (now != m_importance.subject)
                return;
            m_importance.ofHeads = heads;
            emit standingsChanged();
            tellImportance();
        };
    }});
}

std::vector<float> EvidenceStudy::importance() const
{
    return subject() == m_importance.subject ? m_importance.ofHeads : std::vector<float>();
}

void EvidenceStudy::tellImportance()
{
    const std::vector<float> heads = importance();
    if (std::exchange(m_toldImportance, heads) != heads)
        emit importanceChanged();
}

std::vector<MapStanding> EvidenceStudy::standings(const Explanation& shown) const
{
    const EvidenceSubject now = subject();
    if (shown.isEmpty() || shown.source || shown.classIndex != now.classIndex || shown.layer != now.layer)
        return {};
    const EvidenceSheet& sheet = m_book.sheet(now);
    const std::vector<float> importance = this->importance();
    float largest = 0;
    for (const float value : importance)
        largest = std::max(largest, std::abs(value));
    const auto heads = static_cast<std::size_t>(shown.heads());
    std::vector<MapStanding> standings(heads + 1);
    for (std::size_t i = 0; i < standings.size(); ++i) {
        const EvidenceMap map = i < heads ? EvidenceMap{"heads", static_cast<int>(i)} : EvidenceMap{"mean"};
        if (sheet.finding(map, EvidenceTest::Cover))
            standings[i].verdict = sheet.verdict(map);
        if (i < importance.size()) {
            standings[i].importance = importance[i];
            standings[i].importanceShare = largest > 0 ? importance[i] / largest : 0;
        }
    }
    return standings;
}

EvidenceRequest EvidenceStudy::request() const
{
    EvidenceRequest request;
    request.view = m_document.request();
    request.subject = subject();
    request.heads = m_answer.result().decoding->extent().heads;
    request.head = m_document.head();
    request.cover = m_cover;
    request.cover.onAnimal = m_panel.onAnimal();
    request.curves = m_curves;
    const int fewest = fewestNulls(request.heads);
    if (m_cover == CoverRecipe())
        request.cover.controls = std::max(m_cover.controls, fewest);
    if (m_curves == CurveRecipe())
        request.curves.randomOrders = std::max(m_curves.randomOrders, fewest);
    return request;
}

void EvidenceStudy::setRecipes(const CoverRecipe& cover, const CurveRecipe& curves)
{
    m_cover = cover;
    m_curves = curves;
}

/// What is known already is left out; where that is all, it is done again.
void EvidenceStudy::start()
{
    if (!whyNot().isEmpty())
        return;
    EvidenceRequest request = this->request();
    const EvidenceSheet& sheet = m_book.sheet(request.subject);
    for (const EvidenceSheet::Row& row : sheet.rows())
        if (row.finding.test != EvidenceTest::Cover || haveControlsOn(row.finding.settings, request.cover.onAnimal))
            request.known.push_back({row.map, row.finding.test});
    if (EvidenceJob(request).tasks().empty())
        request.known.clear();
    m_run.start(request);
}

/// Of a picture whose file was written meanwhile nothing is kept.
void EvidenceStudy::take(const EvidenceRequest& request, const EvidenceMap& map, const Finding& finding)
{
    const ViewResult& result = m_answer.result();
    if (result.decoding && result.shown.path == request.view.picture &&
        result.key.picture != request.subject.key.picture)
        m_run.cancelOf(request.view.picture);
    else
        m_book.add(request.subject, request.view.picture, request.heads, map, finding);
}

void EvidenceStudy::askForFrames(EvidenceTest test)
{
    const EvidenceMap map = shownMap();
    const Finding* finding = m_book.sheet(subject()).finding(map, test);
    if (finding && canBeDrawn(*finding) && !m_answer.isStale())
        m_frames.ask(request(), {map, test}, finding->settings);
}

EvidenceMap EvidenceStudy::shownMap() const
{
    const int head = m_document.head();
    return head < m_document.headCount() ? EvidenceMap{"heads", head} : EvidenceMap{"mean"};
}

/// On the mask that is active, else the first that is kept: it asks no model, and follows the masks.
void EvidenceStudy::addPointing(EvidenceSheet& sheet) const
{
    const Explanation shown = m_answer.explanation();
    const PictureEditor& editor = m_document.editor();
    Mask mask = editor.activeMask();
    std::string name = tr("the active mask").toStdString();
    const std::vector<NamedMask>& kept = editor.state().masks;
    if (mask.empty() && !kept.empty()) {
        mask = kept.front().mask;
        name = kept.front().name;
    }
    if (shown.decoding->extent().layers == 0 || mask.empty() || mask.pictureSize() != shown.geometry.pictureSize())
        return;
    const std::vector<double> coverage = cellCover(mask, shown.geometry);
    const int places = std::max(usualPlaces, fewestNulls(shown.heads()));
    const auto add = [&](const EvidenceMap& map, const std::vector<float>& values) {
        try {
            sheet.add(map,
                      pointingFinding(values, shown.geometry.rows(), shown.geometry.columns(), coverage, name, places));
        } catch (const Error&) {
            // A mask that covers nothing of any cell, or a head that was silenced: there is nothing to say.
        }
    };
    for (int head = 0; head < shown.heads(); ++head)
        add({"heads", head}, shown.decoding->attention(shown.layer, head, shown.classIndex));
    add({"mean"}, shown.decoding->meanAttention(shown.layer, shown.classIndex));
}

/// Evenly over the list, which may be sorted by class.
std::vector<std::filesystem::path> EvidenceStudy::sanityPictures() const
{
    constexpr int most = 8;
    const int all = m_document.pictures().rowCount(), count = std::min(all, most);
    std::vector<std::filesystem::path> paths;
    for (int i = 0; i < count; ++i)
        paths.push_back(m_document.pictures().path(i * all / count));
    return paths;
}

void EvidenceStudy::checkModel()
{
    const auto& model = m_document.model();
    const ViewRequest view = m_document.request();
    if (model && !m_document.isModelOnItsWay())
        m_sanity.start({model->path, view.engine, sanityPictures(), view.decode, view.preprocessFor(*model)});
}

/// One change of the document announces itself several times.
void EvidenceStudy::showSoon()
{
    if (!std::exchange(m_isShowing, true))
        QMetaObject::invokeMethod(this, &EvidenceStudy::show, Qt::QueuedConnection);
}

void EvidenceStudy::show()
{
    m_isShowing = false;
    weighHeads();
    tellImportance();
    const Explanation shown = m_answer.explanation();
    EvidencePanel::Content content;
    content.whyNot = whyNot();
    if (!shown.isEmpty() && !shown.source && shown.decoding->extent().layers > 0) {
        const int heads = shown.heads();
        for (int head = 0; head < heads; ++head)
            content.maps.push_back({"heads", head});
        content.maps.push_back({"mean"});
        content.map = shownMap();
        content.className = shown.className;
        content.sheet = m_book.sheet(subject());
        content.sheet.setHeads(heads);
        if (m_panel.isVisible())
            addPointing(content.sheet);
        content.isStale = m_answer.isStale();
    }
    m_panel.setContent(content);
    showRun();
    showSanity();
}

void EvidenceStudy::showSanity()
{
    const EvidenceMap map = shownMap();
    const std::string label = map.head < 0 ? map.source : map.source + " " + std::to_string(map.head + 1);
    m_panel.sanity()->setContent(m_sanity.report(), label, EvidenceText::map(map),
                                 static_cast<int>(sanityPictures().size()));
    m_panel.sanity()->setRunning(m_sanity.isRunning() ? std::optional(m_sanity.fraction()) : std::nullopt);
}

void EvidenceStudy::showRun()
{
    const EvidenceRequest* request = m_run.current();
    if (!request) {
        m_panel.setRunning({});
        return;
    }
    EvidencePanel::Running running;
    running.what = tr("%1 in %2")
                       .arg(m_document.classNames().label(request->subject.classIndex),
                            toQString(request->view.picture.filename()));
    running.isThis = request->subject == subject();
    running.fraction = m_run.fraction();
    running.secondsLeft = m_run.secondsLeft();
    running.waiting = m_run.waiting();
    m_panel.setRunning(running);
}

} // namespace ocellus
