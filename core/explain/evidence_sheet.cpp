// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/evidence_sheet.h"

#include <algorithm>
#include <utility>

namespace ocellus {

std::string toString(const EvidenceMap& map)
{
    if (map.head < 0)
        return map.source;
    return (map.source == "heads" ? "head " : map.source + " head ") + std::to_string(map.head + 1);
}

bool isOfLayer(const EvidenceMap& map)
{
    return map.source == "heads" || map.source == "mean";
}

void EvidenceSheet::add(const EvidenceMap& map, Finding finding)
{
    const auto known = std::ranges::find_if(
        m_rows, [&](const Row& row) { return row.map == map && row.finding.test == finding.test; });
    if (known != m_rows.end())
        known->finding = std::move(finding);
    else
        m_rows.push_back({map, std::move(finding)});
}

std::vector<EvidenceMap> EvidenceSheet::maps() const
{
    std::vector<EvidenceMap> maps;
    for (const Row& row : m_rows)
        maps.push_back(row.map);
    std::ranges::sort(maps);
    const auto rest = std::ranges::unique(maps);
    maps.erase(rest.begin(), rest.end());
    return maps;
}

const Finding* EvidenceSheet::finding(const EvidenceMap& map, EvidenceTest test) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const Row& row) { return row.map == map && row.finding.test == test; });
    return found == m_rows.end() ? nullptr : &found->finding;
}

std::string EvidenceSheet::headName(int head) const
{
    return head >= 0 && static_cast<std::size_t>(head) < m_headNames.size()
               ? m_headNames[static_cast<std::size_t>(head)]
               : std::string();
}

std::string EvidenceSheet::nameOf(const EvidenceMap& map) const
{
    const auto name = m_names.find(map.source);
    return name == m_names.end() ? map.source : name->second;
}

std::size_t EvidenceSheet::family(const EvidenceMap& map) const
{
    if (map.head < 0)
        return 1;
    const auto tested = std::ranges::count_if(
        maps(), [&](const EvidenceMap& other) { return other.source == map.source && other.head >= 0; });
    return std::max(static_cast<std::size_t>(std::max(m_heads, 1)), static_cast<std::size_t>(tested));
}

double EvidenceSheet::correctedP(const EvidenceMap& map, EvidenceTest test) const
{
    const Finding* own = finding(map, test);
    if (!own)
        return 1;
    std::vector<double> all{own->p};
    if (map.head >= 0)
        for (const Row& row : m_rows)
            if (row.finding.test == test && row.map.source == map.source && row.map.head >= 0 && row.map != map)
                all.push_back(row.finding.p);
    all.resize(std::max(all.size(), family(map)), 1.0);
    return holmCorrected(all).front();
}

EvidenceVerdict EvidenceSheet::verdict(const EvidenceMap& map, EvidenceTest test) const
{
    const Finding* own = finding(map, test);
    return own ? verdictOf(*own, correctedP(map, test), family(map)) : EvidenceVerdict::Untested;
}

} // namespace ocellus
