// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/evidence_study.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "core/analysis/edit_effects.h"
#include "core/base/error.h"
#include "core/explain/map_on_grid.h"
#include "core/explain/pointing_finding.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/settings.h"
#include "ui/engine/paths.h"
#include "ui/evidence/curve_view.h"
#include "ui/evidence/sanity_item.h"
#include "ui/figures/evidence_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/map_names.h"
#include "ui/figures/source_view.h"

namespace ocellus {

namespace {

/// Of prototypes a class may have fewer than another.
int ownHeadsOf(const Explanation& shown)
{
    return shown.decoding ? static_cast<int>(shown.decoding->ownHeads(shown.layer, shown.classIndex).size()) : 0;
}

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

/// The part of a map that speaks for the class, on no more cells than the eye tells apart.
SourceMap marking(SourceMap map)
{
    constexpr int mostCells = 10'000;
    const int step = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(map.rows) * map.columns / mostCells)));
    if (step > 1) {
        const ReceptiveField field{map.field.stride * step, map.field.start + (step - 1) * map.field.stride / 2.0,
                                   map.field.extent};
        const Size input = map.input;
        const int rows = (map.rows + step - 1) / step, columns = (map.columns + step - 1) / step;
        map = onGrid(std::move(map), rows, columns, field, input);
    }
    for (float& value : map.values)
        value = std::max(value, 0.0F);
    return map;
}

bool areOnOneGrid(const SourceMap& map, const SourceMap& other)
{
    return map.rows == other.rows && map.columns == other.columns && map.input == other.input &&
           map.place == other.place && map.field.stride == other.field.stride && map.field.start == other.field.start &&
           map.field.extent == other.field.extent;
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
      m_regions(document, answer)
{
    connect(&panel, &EvidencePanel::testRequested, this, &EvidenceStudy::start);
    connect(&panel, &EvidencePanel::cancelRequested, this, &EvidenceStudy::cancel);
    connect(&panel, &EvidencePanel::mapChosen, &document,
            [&document](const EvidenceMap& map) { document.setHead(map.head < 0 ? document.headCount() : map.head); });
    connect(&panel, &EvidencePanel::regionChosen, this, &EvidenceStudy::showSoon);
    connect(&m_regions, &KnownRegions::changed, this, &EvidenceStudy::showSoon);
    connect(&answer, &LiveAnswer::explanationChanged, this, &EvidenceStudy::showSoon);
    connect(&answer, &LiveAnswer::staleChanged, this, &EvidenceStudy::showSoon);
    connect(&document, &Document::headChanged, this, &EvidenceStudy::showSoon);
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

EvidenceBook& EvidenceStudy::book()
{
    return m_answer.evidence();
}

EvidenceSubject EvidenceStudy::subject() const
{
    return m_answer.evidenceSubject();
}

/// No limit and no intervention changes such maps, and none is in the tests' way.
bool EvidenceStudy::asksWholeModel(const Explanation& shown) const
{
    return shown.source && !m_table.source(shown.source->id.toStdString()).traits().readsDecoding;
}

QString EvidenceStudy::whyNot(const Explanation& shown) const
{
    const ViewResult& result = m_answer.result();
    if (!result.decoding)
        return tr("Open a model and a picture first.");
    if (m_answer.isStale() || result.isDraft)
        return tr("Wait until the model has answered.");
    if (!result.decoding->hasLogits())
        return tr("This model gives its tokens no logits, and so nothing can be lost.");
    if (shown.source && shown.source->isPartial)
        return tr("Wait until the map is whole.");
    if (shown.source && shown.source->maps.empty())
        return tr("There is no map to test: %1.").arg(shown.source->words);
    if (tileMaps(shown).empty())
        return tr("There is no map to test.");
    if (asksWholeModel(shown))
        return {};
    if (!result.key.intervention.empty())
        return tr("Maps were changed by hand. Tests ask the model as it is: take that back first.");
    if (result.key.limit.mode != LimitMode::All)
        return tr("The classes are limited. Tests ask the model about all of them: take the limit back first.");
    return {};
}

EvidenceRequest EvidenceStudy::request() const
{
    const Explanation shown = m_answer.explanation();
    EvidenceRequest request;
    request.view = m_document.request();
    request.subject = subject();
    request.heads = ownHeadsOf(shown);
    const EvidenceMap chosen = shownMap(shown);
    request.maps.push_back(chosen);
    for (const TileMap& tile : tileMaps(shown))
        if (const EvidenceMap map = evidenceMapOf(shown, tile); map != chosen && !tile.values.empty())
            request.maps.push_back(map);
    std::ranges::sort(request.maps.begin() + 1, request.maps.end());
    if (asksWholeModel(shown)) {
        request.view.set = {};
        request.view.intervention = {};
    }
    if (shown.source) {
        request.made = std::make_shared<const std::vector<SourceMap>>(shown.source->maps);
        request.madeBy = shown.source->text;
    }
    request.cover = m_cover;
    request.cover.onAnimal = m_panel.onAnimal();
    request.curves = m_curves;
    const int fewest = fewestNulls(std::max(request.heads, 1));
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
    if (!whyNot(m_answer.explanation()).isEmpty())
        return;
    EvidenceRequest request = this->request();
    const EvidenceSheet& sheet = book().sheet(request.subject);
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
        result.key.decode == request.subject.key.decode && result.key.picture != request.subject.key.picture)
        m_run.cancelOf(request.view.picture);
    else
        book().add(request.subject, request.view.picture, request.heads, map, finding);
}

void EvidenceStudy::askForFrames(EvidenceTest test)
{
    const EvidenceMap map = shownMap(m_answer.explanation());
    const Finding* finding = book().sheet(subject()).finding(map, test);
    if (finding && canBeDrawn(*finding) && !m_answer.isStale())
        m_frames.ask(request(), {map, test}, finding->settings);
}

/// The chosen head's, or the one of a source that has no such head.
EvidenceMap EvidenceStudy::shownMap(const Explanation& shown) const
{
    const std::optional<TileMap> tile = tileOfHead(shown, m_document.head());
    return tile ? evidenceMapOf(shown, *tile) : EvidenceMap{"mean"};
}

/// It asks no model, and follows the masks.
void EvidenceStudy::addGroundTruth(const Explanation& shown, EvidencePanel::Content& content) const
{
    content.regions = m_regions.names();
    content.regionProblem = m_regions.problem();
    const QString name = content.regions.contains(m_panel.region()) ? m_panel.region() : content.regions.value(0);
    content.region = name;
    const int places = std::max(usualPlaces, fewestNulls(std::max(ownHeadsOf(shown), 1)));
    const Size picture = shown.geometry.pictureSize();
    const auto add = [&](const EvidenceMap& of, const std::vector<float>& values, const CellGeometry& geometry,
                         const std::optional<KnownRegion>& region) {
        if (!region)
            return;
        try {
            content.sheet.add(of, pointingFinding(values, geometry.rows(), geometry.columns(), region->coverage,
                                                  region->phrase.toStdString(), places));
            if (of == content.map)
                content.game = EvidenceText::sentence(pointingGame(values, region->near), region->phrase);
        } catch (const Error&) {
            // A mask that covers nothing of any cell, or a head that was silenced: there is nothing to say.
        }
    };
    if (name.isEmpty())
        return;
    if (shown.source) {
        std::optional<SourceMap> before;
        CellGeometry geometry;
        std::optional<KnownRegion> region;
        for (const SourceMap& map : shown.source->maps) {
            if (map.state == MapState::NotFinite)
                continue;
            SourceMap marks = marking(map);
            if (!before || !areOnOneGrid(*before, marks)) {
                geometry = geometryOnPicture(marks, picture, shown.style.placement);
                region = m_regions.region(name, geometry);
            }
            add({shown.source->text, map.head.value_or(-1)}, marks.values, geometry, region);
            before = std::move(marks);
        }
        return;
    }
    const std::optional<KnownRegion> region = m_regions.region(name, shown.geometry);
    for (const int head : shown.decoding->ownHeads(shown.layer, shown.classIndex))
        add({"heads", head}, shown.decoding->attention(shown.layer, head, shown.classIndex), shown.geometry, region);
    add({"mean"}, shown.decoding->meanAttention(shown.layer, shown.classIndex), shown.geometry, region);
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
    if (!model || m_document.isModelOnItsWay())
        return;
    // What costs hundreds of passes a picture and stage is no matter of minutes.
    std::vector<SourceText> sources;
    const Explanation shown = m_answer.explanation();
    for (const auto& source : m_table.sources()) {
        const SourceTraits traits = source->traits();
        const bool isShown = shown.source && shown.source->id.toStdString() == traits.id;
        const bool isUsual = traits.cost == SourceCost::Instant || traits.id == "gradcam";
        if (source->unfit(*model).empty() && traits.cost != SourceCost::Many && (isShown || isUsual))
            sources.push_back({traits.id, {}});
    }
    m_sanity.start({model->path, view.engine, sanityPictures(), view.decode, view.preprocessFor(*model), sources});
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
    if (!m_panel.isVisible())
        return; // which tells when it is
    m_regions.follow();
    m_panel.setContent(contentOf(m_answer.explanation()));
    showRun();
    showSanity();
}

EvidencePanel::Content EvidenceStudy::contentOf(const Explanation& shown) const
{
    EvidencePanel::Content content;
    content.whyNot = whyNot(shown);
    if (const std::vector<TileMap> tiles = tileMaps(shown); !tiles.empty()) {
        for (const TileMap& tile : tiles)
            if (!tile.values.empty())
                content.maps.push_back(evidenceMapOf(shown, tile));
        // In the order of the heads, whatever that of the tiles.
        std::ranges::sort(content.maps);
        content.map = shownMap(shown);
        content.className = shown.className;
        content.sheet = m_answer.evidence().sheet(subject());
        content.sheet.setHeads(ownHeadsOf(shown));
        content.sheet.setHeadNames(MapNames(*shown.decoding, shown.layer, shown.classIndex).all());
        for (const EvidenceMap& map : content.maps)
            content.sheet.setName(map.source, m_table.nameOf(map.source));
        content.isStale = m_answer.isStale();
        addGroundTruth(shown, content);
    }
    return content;
}

Explanation EvidenceStudy::explanationWithPart() const
{
    Explanation shown = m_answer.explanation();
    if (!m_panel.isVisible() || shown.isEmpty())
        return shown;
    const MapEvidence* known = evidenceOf(shown);
    MapEvidence evidence = known ? *known : MapEvidence{shown.classIndex, shown.layer, {}, {}};
    evidence.sheet = contentOf(shown).sheet;
    shown.evidence = std::make_shared<const MapEvidence>(std::move(evidence));
    return shown;
}

void EvidenceStudy::showSanity()
{
    const Explanation shown = m_answer.explanation();
    const EvidenceMap map = shownMap(shown);
    EvidenceSheet names;
    names.setName(map.source, m_table.nameOf(map.source));
    if (shown.decoding)
        names.setHeadNames(MapNames(*shown.decoding, shown.layer, shown.classIndex).all());
    const QString name = EvidenceText::map(names, map);
    // Checks are done with the options that a source has by itself.
    const bool isStandard = !shown.source || shown.source->text == shown.source->id.toStdString();
    m_panel.sanity()->setContent(m_sanity.report(), isStandard ? toString(map) : std::string(), name,
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
