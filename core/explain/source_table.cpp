// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/source_table.h"

#include <algorithm>
#include <chrono>

#include "core/base/error.h"
#include "core/explain/source_parts.h"
#include "core/image/preprocess.h"

// One line a source: the function that makes it.
#define OCELLUS_SOURCES(line)                                                                                          \
    line(makeHeadSource) line(makeMeanSource) line(makeGradCamSource) line(makeGradCamPlusPlusSource)                  \
        line(makeHiResCamSource) line(makeFinerCamSource) line(makeGradientAttentionSource) line(makeRiseSource)       \
            line(makeOcclusionSource)

namespace ocellus {

#define OCELLUS_DECLARE(make) std::unique_ptr<const ExplanationSource> make();
OCELLUS_SOURCES(OCELLUS_DECLARE)
#undef OCELLUS_DECLARE

namespace {

/// Where the input that the source asks about lies in the picture.
InputPlace placeOf(const SourceSubject& subject, const SourceTraits& traits, const SourceSettings& settings)
{
    const SourceOption side = sideOption();
    const bool isSmall = std::ranges::find(traits.options, side.key, &SourceOption::key) != traits.options.end();
    return inputPlace(subject.picture.size, smallerOptions(subject.preprocess, isSmall ? settings.whole(side.key) : 0));
}

/// What every map of a source has in common.
void complete(std::vector<SourceMap>& maps, const SourceTraits& traits, const SourceSettings& settings,
              const InputPlace& place, double milliseconds)
{
    for (SourceMap& map : maps) {
        map.place = place;
        map.source = traits.id;
        map.settings = settings.summary();
        map.isSigned = traits.isSigned;
        if (map.unit.empty()) // some options make it another one
            map.unit = traits.unit;
        map.state = stateOf(map.values, traits.isSigned);
        map.milliseconds = milliseconds / static_cast<double>(maps.size());
    }
}

void requireClasses(const std::vector<int>& classes, int count)
{
    for (const int classIndex : classes)
        if (classIndex < 0 || classIndex >= count)
            throw Error(ErrorCode::BadArgument, "class",
                        "expected 0 to " + std::to_string(count - 1) + ", got " + std::to_string(classIndex));
}

} // namespace

SourceTable::SourceTable()
{
#define OCELLUS_ADD(make) m_sources.push_back(make());
    OCELLUS_SOURCES(OCELLUS_ADD)
#undef OCELLUS_ADD
}

const ExplanationSource& SourceTable::source(const std::string& id) const
{
    std::string ids;
    for (const auto& source : m_sources) {
        const std::string own = source->traits().id;
        if (own == id)
            return *source;
        ids += (ids.empty() ? "" : ", ") + own;
    }
    throw Error(ErrorCode::BadArgument, "source", "expected one of " + ids + ", got " + id);
}

std::string SourceTable::nameOf(const std::string& text) const
{
    const std::size_t end = std::min(text.find(':'), text.size());
    const auto known =
        std::ranges::find(m_sources, text.substr(0, end), [](const auto& source) { return source->traits().id; });
    if (known == m_sources.end())
        return text;
    std::string name = (*known)->traits().name;
    for (std::size_t from = end; from < text.size(); from = std::min(text.find(':', from + 1), text.size()))
        name += ", " + text.substr(from + 1, std::min(text.find(':', from + 1), text.size()) - from - 1);
    return name;
}

SourceSettings SourceTable::settings(const SourceText& text) const
{
    SourceSettings settings(source(text.source).traits().options);
    for (const auto& [key, value] : text.options)
        settings.set(key, value);
    return settings;
}

std::vector<SourceMap> SourceTable::maps(const ExplanationSource& source, Engine& engine, ModelProbe& probe,
                                         const SourceSubject& subject, const std::vector<int>& classes,
                                         const SourceSettings& settings, const SourceRun& run)
{
    const SourceTraits traits = source.traits();
    const ModelDescription& model = probe.model();
    if (const std::string why = source.unfit(model); !why.empty())
        throw Error(ErrorCode::Unsupported, traits.name, why);
    requireClasses(classes, model.offer.classes);
    const InputPlace place = placeOf(subject, traits, settings);
    const auto start = std::chrono::steady_clock::now();
    const auto since = [start] {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    };
    SourceRun completing{run.progress, {}};
    if (run.report)
        completing.report = [&](double fraction, const std::vector<SourceMap>& soFar) {
            std::vector<SourceMap> completed = soFar;
            complete(completed, traits, settings, place, since());
            run.report(fraction, completed);
        };
    std::vector<SourceMap> maps = source.maps(engine, probe, subject, classes, settings, completing);
    complete(maps, traits, settings, place, since());
    return maps;
}

} // namespace ocellus
