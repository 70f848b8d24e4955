// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/shown_source.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/figures/map_names.h"

namespace ocellus {

namespace {

constexpr const char* ownHeads = "heads";
constexpr double toldStep = 0.05; ///< of the progress: each one paints the tiles anew

int shownClass(const Document& document, const Decoding& decoding)
{
    const int chosen = document.currentClass();
    return decoding.hasClass(chosen) ? chosen : bestClass(decoding);
}

} // namespace

std::optional<SourceText> sourceOf(const SourceTable& table, const SourceText& chosen, const ModelDescription& model)
{
    const auto isChosen = [&](const auto& source) { return source->traits().id == chosen.source; };
    const bool isKnown = std::ranges::any_of(table.sources(), isChosen); // a session may come from a later version
    if (isKnown && chosen.source != ownHeads)
        return chosen;
    if (model.offer.maps != MapSubject::None)
        return std::nullopt;
    for (const auto& source : table.sources())
        if (source->unfit(model).empty() && source->traits().cost != SourceCost::Many)
            return SourceText{source->traits().id, {}};
    return std::nullopt;
}

ShownSource::ShownSource(const Document& document, EngineController& controller, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_inquiry(controller)
{
    connect(&m_inquiry, &SourceInquiry::progressed, this, &ShownSource::takeProgress);
    connect(&m_inquiry, &SourceInquiry::answered, this, &ShownSource::takeAnswer);
    connect(&m_inquiry, &SourceInquiry::failed, this, [this](const SourceText&, const Failure& failure) {
        m_isComing = false;
        show({}, tr("No map: %1").arg(failure.detail), false);
        emit changed();
    });
    connect(&m_inquiry, &SourceInquiry::finished, this, [this] { end(tr("No map came: ask again (Ctrl+R)")); });
    connect(&m_inquiry, &SourceInquiry::cancelled, this, [this] { end(tr("Stopped: ask again (Ctrl+R)")); });
    // Nobody stopped it: others have the engine for themselves, and it is asked for again.
    connect(&controller, &EngineController::backgroundCleared, this, [this] {
        if (m_isStopped || !isUnfinished())
            return;
        m_isAsked = false;
        emit interrupted();
    });
}

SourceKey ShownSource::keyOf(const SourceText& source, const ViewKey& view, int classIndex) const
{
    const bool readsDecoding = m_table.source(source.source).traits().readsDecoding;
    return {readsDecoding ? view : view.withoutLimit(), source, classIndex};
}

void ShownSource::follow(const ViewResult& result, bool isStale)
{
    const auto& model = m_document.model();
    std::optional<SourceKey> wanted;
    if (result.decoding && model && model->sha256 == result.key.model)
        if (const auto source = sourceOf(m_table, m_document.display().source, *model))
            wanted = keyOf(*source, result.key, shownClass(m_document, *result.decoding));
    if (wanted != m_wanted) {
        m_wanted = std::move(wanted);
        m_view.reset();
        m_isAsked = false;
        m_isComing = false;
        if (m_inquiry.isRunning())
            m_inquiry.cancel();
        if (m_wanted)
            show({}, tr("Waits for the exact answer"), false);
    }
    if (!m_wanted || m_isAsked)
        return;
    if (const SourceCache::Maps known = m_cache.find(*m_wanted)) {
        m_isAsked = true;
        show(*known, {}, false);
    } else if (!isStale && !result.isDraft && !m_isHeld) {
        ask(*m_wanted);
    }
}

void ShownSource::ask(const SourceKey& wanted)
{
    m_isAsked = true;
    m_isStopped = false;
    m_toldFraction = 0;
    const ExplanationSource& source = m_table.source(wanted.source.source);
    if (const std::string why = source.unfit(*m_document.model()); !why.empty()) {
        show({}, tr("This model has no map from this source: %1").arg(QString::fromStdString(why)), false);
        return;
    }
    show({}, tr("On its way \u2026"), false);
    m_isComing = true;
    m_inquiry.ask({m_document.request(), {wanted.source}, {wanted.classIndex}});
    emit busyChanged();
}

void ShownSource::takeProgress(double fraction)
{
    if (!m_isComing || fraction - m_toldFraction < toldStep || fraction >= 1)
        return;
    m_toldFraction = fraction;
    show(m_view->maps, tr("On its way: %1 % (Ctrl+. stops it)").arg(std::lround(100 * fraction)), true);
    emit changed();
}

void ShownSource::takeAnswer(const SourceAnswer& answer)
{
    if (answer.maps.empty())
        return;
    const SourceKey key{answer.key, answer.source, answer.maps.front().classIndex};
    if (!answer.isPartial)
        m_cache.insert(key, std::make_shared<const std::vector<SourceMap>>(answer.maps));
    if (key != m_wanted)
        return;
    m_isComing = answer.isPartial;
    show(answer.maps,
         answer.isPartial ? tr("On its way: %1 % (Ctrl+. stops it)").arg(std::lround(100 * m_toldFraction)) : QString(),
         answer.isPartial);
    emit changed();
}

/// Nothing more comes: what there is stays, and says so.
void ShownSource::end(const QString& words)
{
    emit busyChanged();
    if (!std::exchange(m_isComing, false))
        return;
    show(m_view->maps, words, m_view->isPartial);
    emit changed();
}

void ShownSource::cancel()
{
    m_isStopped = true;
    if (m_inquiry.isRunning())
        m_inquiry.cancel();
}

bool ShownSource::isUnfinished() const
{
    return m_isAsked && !m_isComing && m_view && (m_view->maps.empty() || m_view->isPartial);
}

void ShownSource::askAgain()
{
    if (m_wanted && !m_inquiry.isRunning() && !m_cache.find(*m_wanted))
        m_isAsked = false;
}

void ShownSource::hold(bool isHeld)
{
    m_isHeld = isHeld;
    if (!isHeld || !m_isComing)
        return;
    m_isAsked = m_isComing = false;
    m_inquiry.cancel();
    show({}, tr("Waits for another page"), false);
}

void ShownSource::show(std::vector<SourceMap> maps, const QString& words, bool isPartial)
{
    const SourceTraits traits = m_table.source(m_wanted->source.source).traits();
    SourceView view{QString::fromStdString(traits.id),
                    MapNames::source(traits.id, traits.name, mapKindOf(m_document)),
                    {},
                    m_wanted->classIndex,
                    std::move(maps),
                    words,
                    isPartial,
                    toString(m_wanted->source)};
    if (!view.maps.empty())
        view.unit = shownUnit(view.maps.front());
    m_view = std::make_shared<const SourceView>(std::move(view));
}

std::shared_ptr<const SourceView> ShownSource::viewOf(const ViewResult& result, int classIndex) const
{
    if (!m_wanted || !m_view)
        return nullptr;
    if (m_wanted->classIndex == classIndex && keyOf(m_wanted->source, result.key, classIndex) == *m_wanted)
        return m_view;
    SourceView other = *m_view;
    other.classIndex = classIndex;
    other.maps.clear();
    other.words = tr("On its way \u2026");
    return std::make_shared<const SourceView>(std::move(other));
}

} // namespace ocellus
