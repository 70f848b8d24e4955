// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/method_maps.h"

#include <algorithm>
#include <memory>

namespace ocellus {

MethodMaps::MethodMaps(EngineController& controller, QObject* parent) : QObject(parent), m_inquiry(controller)
{
    connect(&m_inquiry, &SourceInquiry::progressed, this, [this](double fraction) {
        m_fraction = fraction;
        emit progressed();
    });
    connect(&m_inquiry, &SourceInquiry::answered, this, &MethodMaps::take);
    connect(&m_inquiry, &SourceInquiry::failed, this, [this](const SourceText& source, const Failure& failure) {
        fail(source, tr("No map: %1").arg(failure.detail));
        emit changed();
    });
    connect(&m_inquiry, &SourceInquiry::finished, this, &MethodMaps::end);
    connect(&m_inquiry, &SourceInquiry::cancelled, this, &MethodMaps::end);
}

SourceKey MethodMaps::keyOf(const SourceText& source, const ViewKey& view, int classIndex) const
{
    return {m_table.source(source.source).traits().readsDecoding ? view : view.withoutLimit(), source, classIndex};
}

void MethodMaps::want(const Wish& wish)
{
    const bool isSame =
        m_wish && m_wish->view == wish.view && m_wish->other == wish.other && m_wish->classes == wish.classes;
    if (!isSame)
        m_failures.clear();
    m_wish = wish;
    std::vector<SourceText> missing;
    for (const SourceText& source : wish.sources)
        if (!isKnown(source, wish.view, wish.classes) && !hasFailed(source, wish.view, wish.classes))
            missing.push_back(source);
    if (isSame && missing == m_asked)
        return;
    ask(std::move(missing));
}

void MethodMaps::ask(std::vector<SourceText> missing)
{
    m_asked.clear(); // what is stopped now is no failure
    m_partial = {};
    m_fraction = 0;
    if (m_inquiry.isRunning())
        m_inquiry.cancel();
    if (missing.empty())
        return;
    m_asked = std::move(missing);
    m_inquiry.ask({m_wish->request, m_asked, m_wish->classes, m_wish->other});
    emit changed();
}

void MethodMaps::stop()
{
    if (m_inquiry.isRunning())
        m_inquiry.cancel();
}

bool MethodMaps::isKnown(const SourceText& source, const ViewKey& view, const std::vector<int>& classes)
{
    return std::ranges::all_of(
        classes, [&](int classIndex) { return m_cache.find(keyOf(source, view, classIndex)) != nullptr; });
}

bool MethodMaps::hasFailed(const SourceText& source, const ViewKey& view, const std::vector<int>& classes) const
{
    return std::ranges::any_of(classes, [&](int classIndex) {
        const SourceKey key = keyOf(source, view, classIndex);
        return std::ranges::any_of(m_failures, [&key](const auto& failure) { return failure.first == key; });
    });
}

MethodMaps::Known MethodMaps::known(const SourceText& source, const ViewKey& view, int classIndex)
{
    const SourceKey key = keyOf(source, view, classIndex);
    if (const SourceCache::Maps maps = m_cache.find(key))
        return {*maps, {}, false};
    for (const auto& [failed, words] : m_failures)
        if (failed == key)
            return {{}, words, false};
    if (std::ranges::find(m_asked, source) == m_asked.end() || !m_wish ||
        keyOf(source, m_wish->view, classIndex) != key ||
        std::ranges::find(m_wish->classes, classIndex) == m_wish->classes.end())
        return {{}, tr("Not asked for yet"), false};
    Known partial{{}, tr("On its way \u2026"), true};
    if (m_partial.source == source)
        std::ranges::copy_if(m_partial.maps, std::back_inserter(partial.maps),
                             [&](const SourceMap& map) { return map.classIndex == classIndex; });
    return partial;
}

void MethodMaps::take(const SourceAnswer& answer)
{
    if (answer.isPartial) {
        m_partial = answer;
        emit changed();
        return;
    }
    m_partial = {};
    if (m_wish->classes.empty() || answer.key != keyOf(answer.source, m_wish->view, 0).view) {
        fail(answer.source, tr("The picture has changed: ask again (Ctrl+R)"));
        emit changed();
        return;
    }
    for (const int classIndex : m_wish->classes) {
        std::vector<SourceMap> own;
        std::ranges::copy_if(answer.maps, std::back_inserter(own),
                             [&](const SourceMap& map) { return map.classIndex == classIndex; });
        m_cache.insert({answer.key, answer.source, classIndex},
                       std::make_shared<const std::vector<SourceMap>>(std::move(own)));
    }
    measure(answer);
    std::erase(m_asked, answer.source);
    emit changed();
}

/// A forward pass and a backward one a class: about one and a half, and a half more for each further class.
void MethodMaps::measure(const SourceAnswer& answer)
{
    if (m_table.source(answer.source.source).traits().cost != SourceCost::Pass || answer.maps.empty())
        return;
    const auto count = static_cast<double>(answer.maps.size());
    const double pass = count * answer.maps.front().milliseconds / 1000 / (1 + 0.5 * count);
    m_secondsAPass = std::min(m_secondsAPass.value_or(pass), pass);
}

void MethodMaps::fail(const SourceText& source, const QString& words)
{
    for (const int classIndex : m_wish->classes)
        m_failures.emplace_back(keyOf(source, m_wish->view, classIndex), words);
    std::erase(m_asked, source);
}

/// What has not come by now does not.
void MethodMaps::end()
{
    for (const SourceText& source : std::vector(m_asked))
        fail(source, tr("Stopped"));
    m_partial = {};
    emit changed();
}

} // namespace ocellus
