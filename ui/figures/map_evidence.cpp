// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/map_evidence.h"

#include <algorithm>
#include <cmath>

#include "ui/figures/evidence_text.h"
#include "ui/figures/source_view.h"

namespace ocellus {

const MapEvidence* evidenceOf(const Explanation& explanation)
{
    const MapEvidence* evidence = explanation.evidence.get();
    if (!evidence || explanation.isEmpty() || explanation.isOfOtherModel ||
        evidence->classIndex != explanation.classIndex)
        return nullptr;
    return explanation.source || evidence->layer == explanation.layer ? evidence : nullptr;
}

EvidenceMap evidenceMapOf(const Explanation& explanation, const TileMap& tile)
{
    if (explanation.source)
        return {explanation.source->text, tile.isMean ? -1 : tile.head};
    return tile.isMean ? EvidenceMap{"mean"} : EvidenceMap{"heads", tile.head};
}

MapStanding standingOf(const Explanation& explanation, const TileMap& tile)
{
    const MapEvidence* evidence = evidenceOf(explanation);
    MapStanding standing;
    if (!evidence || tile.values.empty())
        return standing;
    const EvidenceMap map = evidenceMapOf(explanation, tile);
    if (evidence->sheet.finding(map, EvidenceTest::Cover))
        standing.verdict = evidence->sheet.verdict(map);
    const auto head = static_cast<std::size_t>(tile.head);
    if (explanation.source || tile.isMean || head >= evidence->headWorth.size())
        return standing;
    float largest = 0;
    for (const float worth : evidence->headWorth)
        largest = std::max(largest, std::abs(worth));
    standing.importance = evidence->headWorth[head];
    standing.importanceShare = largest > 0 ? evidence->headWorth[head] / largest : 0;
    return standing;
}

std::optional<double> medianOfNull(const Finding& finding)
{
    if (finding.nulls.empty())
        return std::nullopt;
    std::vector<double> values = finding.nulls;
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1)
        return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

QString markedTitle(const Explanation& explanation, const TileMap& tile)
{
    const QString mark = markOf(explanation, tile);
    return mark.isEmpty() ? tile.title : tile.title + QLatin1Char(' ') + mark;
}

QString markOf(const Explanation& explanation, const TileMap& tile)
{
    const std::optional<EvidenceVerdict> verdict = standingOf(explanation, tile).verdict;
    return verdict ? EvidenceText::mark(*verdict) : QString();
}

QString markLegend(const Explanation& explanation)
{
    if (!evidenceOf(explanation))
        return {};
    for (const TileMap& tile : tileMaps(explanation))
        if (standingOf(explanation, tile).verdict) {
            const MapEvidence& evidence = *evidenceOf(explanation);
            return EvidenceText::legend(evidence.sheet, evidenceMapOf(explanation, tile));
        }
    return {};
}

std::string_view evidenceColumns()
{
    return "verdict,covered_logit_loss,covered_null_median,covered_n,covered_p,covered_p_corrected,correction,"
           "head_worth";
}

void addEvidence(CsvLine& line, const Explanation& explanation, const TileMap& tile)
{
    const MapEvidence* evidence = evidenceOf(explanation);
    const EvidenceMap map = evidenceMapOf(explanation, tile);
    const Finding* finding = evidence ? evidence->sheet.finding(map, EvidenceTest::Cover) : nullptr;
    if (finding) {
        line.text(toString(evidence->sheet.verdict(map))).number(finding->value);
        line.number(medianOfNull(*finding));
        line.number(finding->nulls.size()).number(finding->p);
        line.number(evidence->sheet.correctedP(map, EvidenceTest::Cover));
        line.text(EvidenceText::correction(evidence->sheet, map).toStdString());
    } else {
        for (int column = 0; column < 7; ++column)
            line.empty();
    }
    line.number(standingOf(explanation, tile).importance);
}

} // namespace ocellus
