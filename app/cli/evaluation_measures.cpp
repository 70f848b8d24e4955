// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluation_measures.h"

#include <algorithm>
#include <iterator>
#include <system_error>

#include "app/cli/consistency_report.h"
#include "app/cli/pointing_report.h"
#include "core/model/map_words.h"

namespace ocellus {

namespace {

/// The folder whose pictures the points are of: what NamedDataset::nameOf() gives names below.
std::filesystem::path dataOf(const EvaluateOptions& options, const std::optional<NamedDataset>& set)
{
    if (!options.data.empty())
        return options.data;
    if (set && set->dataset.sources.size() == 1) {
        const std::filesystem::path& source = set->dataset.sources.front();
        std::error_code absent;
        for (const std::filesystem::path& folder : {source, source.parent_path()})
            if (std::filesystem::is_directory(folder, absent))
                return folder;
    }
    return std::filesystem::absolute(options.dataset.file).parent_path();
}

} // namespace

EvaluationMeasures::EvaluationMeasures(const EvaluateOptions& options, const ClassTable& table,
                                       const std::vector<LabelledPicture>& pictures, const DecodeOptions& decode,
                                       const std::optional<NamedDataset>& set, Engine& engine,
                                       std::vector<std::string>& notes, const Progress& progress)
    : m_maps(mapWords(engine.model()->offer.mapKind))
{
    if (options.hasPoints()) {
        m_points = options.parts
                       ? pointsOfDataset(*set)
                       : readPlacedPoints(options.points, dataOf(options, set), pictures, decode, notes, progress);
        m_pointing.push_back(partMeasure(m_points, *engine.model(), options.seed));
        m_consistency.emplace(engine, m_points, options.stability, options.seed);
    }
    if (!options.masks.empty())
        m_pointing.push_back(markMeasure({options.masks, options.maskLabel, options.groups}, table, pictures, decode,
                                         engine, options.seed, notes, progress));
}

std::vector<PictureMeasure*> EvaluationMeasures::all()
{
    std::vector<PictureMeasure*> measures;
    for (const std::unique_ptr<PointingMeasure>& measure : m_pointing)
        measures.push_back(measure.get());
    if (m_consistency)
        measures.push_back(&*m_consistency);
    return measures;
}

std::vector<PointingRow> EvaluationMeasures::pointing() const
{
    std::vector<PointingRow> rows;
    for (const std::unique_ptr<PointingMeasure>& measure : m_pointing)
        std::ranges::move(measure->rows(), std::back_inserter(rows));
    for (PointingRow& row : rows)
        row.maps = m_maps;
    return rows;
}

std::vector<ConsistencySummary> EvaluationMeasures::consistency() const
{
    return m_consistency ? m_consistency->consistency().summaries() : std::vector<ConsistencySummary>();
}

void EvaluationMeasures::write(const std::filesystem::path& folder, const ClassTable& table, std::uint64_t seed) const
{
    if (const std::vector<PointingRow> rows = pointing(); rows.empty())
        removePointing(folder);
    else
        writePointing(folder, rows, seed);
    if (m_consistency)
        writeConsistency(folder, m_consistency->consistency(), m_points.parts, table, seed);
    else
        removeConsistency(folder);
}

} // namespace ocellus
