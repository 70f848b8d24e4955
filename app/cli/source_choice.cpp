// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/source_choice.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_names.h"

namespace ocellus {

namespace {

bool isHeads(const std::vector<SourceMap>& maps)
{
    return maps.front().source == "heads";
}

std::vector<std::string> arrayNames(const std::vector<std::vector<SourceMap>>& maps)
{
    std::map<std::string, int> seen;
    std::vector<std::string> names;
    for (const std::vector<SourceMap>& ofSource : maps) {
        const std::string name = arrayName(ofSource.front().source);
        const int number = ++seen[name];
        names.push_back(number == 1 ? name : name + "_" + std::to_string(number));
    }
    return names;
}

} // namespace

std::string arrayName(const std::string& id)
{
    std::string name = id;
    if (const std::size_t plus = name.find("++"); plus != std::string::npos)
        name.replace(plus, 2, "_pp");
    std::ranges::replace(name, '-', '_');
    return name;
}

CLI::Option* addSourceOption(CLI::App& command, std::vector<std::string>& sources)
{
    const SourceTable table;
    std::string ids;
    for (const auto& source : table.sources())
        ids += (ids.empty() ? "" : ", ") + source->traits().id;
    return command
        .add_option("--source", sources, "What makes the maps, with commas between, options as NAME:KEY=VALUE: " + ids)
        ->delimiter(',');
}

SourceChoice::SourceChoice(const std::vector<std::string>& texts)
{
    for (const std::string& text : texts) {
        const SourceText parsed = parseSource(text);
        const ExplanationSource& source = m_table.source(parsed.source);
        Chosen chosen{&source, source.traits(), m_table.settings(parsed)};
        for (const Chosen& other : m_chosen)
            if (other.source == chosen.source && other.settings == chosen.settings)
                throw Error(ErrorCode::BadArgument, "--source", "expected each source once, got " + text + " twice");
        m_chosen.push_back(std::move(chosen));
    }
}

SourceChoice SourceChoice::ofThoseThereAre(const std::vector<std::string>& texts, const ModelDescription& model)
{
    const SourceTable table;
    std::vector<std::string> there;
    std::ranges::copy_if(texts, std::back_inserter(there), [&](const std::string& text) {
        return table.source(parseSource(text).source).unfit(model).empty();
    });
    return SourceChoice(there);
}

bool SourceChoice::has(const std::string& id) const
{
    return std::ranges::any_of(m_chosen, [&](const Chosen& chosen) { return chosen.traits.id == id; });
}

bool SourceChoice::hasOnlyHeads() const
{
    return std::ranges::all_of(m_chosen, [](const Chosen& chosen) { return chosen.traits.id == "heads"; });
}

void SourceChoice::require(const ModelDescription& model) const
{
    for (const Chosen& chosen : m_chosen)
        if (const std::string why = chosen.source->unfit(model); !why.empty())
            throw Error(ErrorCode::Unsupported, chosen.traits.id, why, "Leave it out of --source");
}

std::vector<std::vector<SourceMap>> SourceChoice::maps(Engine& engine, ModelProbe& probe, const SourceSubject& subject,
                                                       const std::vector<int>& classes, const Progress& progress) const
{
    std::vector<std::vector<SourceMap>> all;
    for (const Chosen& chosen : m_chosen)
        all.push_back(
            SourceTable::maps(*chosen.source, engine, probe, subject, classes, chosen.settings, {progress, {}}));
    return all;
}

std::vector<ExtraMaps> SourceChoice::arrays(const std::vector<std::vector<SourceMap>>& maps)
{
    const std::vector<std::string> names = arrayNames(maps);
    std::vector<ExtraMaps> all;
    for (std::size_t i = 0; i < maps.size(); ++i) {
        if (isHeads(maps[i]))
            continue;
        ExtraMaps& extra = all.emplace_back();
        extra.name = names[i];
        extra.rows = maps[i].front().rows;
        extra.columns = maps[i].front().columns;
        for (const SourceMap& map : maps[i])
            extra.values.insert(extra.values.end(), map.values.begin(), map.values.end());
    }
    return all;
}

std::vector<SourcePanel> SourceChoice::panels(const std::vector<std::vector<SourceMap>>& maps, int classIndex,
                                              MapKind own) const
{
    std::vector<SourcePanel> all;
    for (std::size_t i = 0; i < maps.size(); ++i)
        for (const SourceMap& map : maps[i]) {
            if (map.classIndex != classIndex || isHeads(maps[i]))
                continue;
            QString title = MapNames::source(m_chosen[i].traits.id, m_chosen[i].traits.name, own);
            if (map.head)
                title += QStringLiteral(", ") + FigureText::head(*map.head);
            all.push_back({std::move(title), map});
        }
    return all;
}

nlohmann::ordered_json SourceChoice::provenance(const std::vector<std::vector<SourceMap>>& maps)
{
    const std::vector<std::string> names = arrayNames(maps);
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < maps.size(); ++i) {
        if (isHeads(maps[i]))
            continue;
        const SourceMap& first = maps[i].front();
        nlohmann::ordered_json source = {{"array", names[i]},
                                         {"source", first.source},
                                         {"settings", first.settings},
                                         {"unit", first.unit},
                                         {"signed", first.isSigned},
                                         {"input_size", {first.input.height, first.input.width}},
                                         {"stride", first.field.stride},
                                         {"start", first.field.start}};
        if (first.seed)
            source["seed"] = *first.seed;
        if (first.count > 0)
            source["count"] = first.count;
        if (first.settled)
            source["settled"] = *first.settled;
        double milliseconds = 0;
        for (const SourceMap& map : maps[i]) {
            nlohmann::ordered_json& ofClass = source["classes"].emplace_back();
            ofClass = {{"class", map.classIndex}, {"state", toString(map.state)}};
            if (map.layer)
                ofClass["layer"] = *map.layer;
            if (map.head)
                ofClass["head"] = *map.head;
            if (!map.references.empty())
                ofClass["references"] = map.references;
            milliseconds += map.milliseconds;
        }
        source["milliseconds"] = milliseconds;
        list.push_back(std::move(source));
    }
    return list;
}

} // namespace ocellus
