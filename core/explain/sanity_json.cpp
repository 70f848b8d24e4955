// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/sanity_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/analysis/rank_correlation.h"
#include "core/data/text_file.h"
#include "core/io/strict_json.h"

namespace ocellus {

namespace {

constexpr int mostDepth = 8;
constexpr std::size_t mostValues = 1'000'000, mostSources = 10'000, mostStages = 1'000, mostBytes = 1'000;
constexpr std::uintmax_t mostFileBytes = 64U << 20;

using nlohmann::json;

nlohmann::ordered_json jsonOf(const SanityComparison& stage)
{
    nlohmann::ordered_json row = {{"stage", stage.stage},
                                  {"n", stage.pictures},
                                  {"can_move", stage.canMove},
                                  {"spearman", {{"mean", stage.spearman}, {"low", stage.low}, {"high", stage.high}}}};
    row["ssim"] = stage.ssim ? nlohmann::ordered_json(*stage.ssim) : nlohmann::ordered_json(nullptr);
    return row;
}

SanityComparison comparisonOf(const StrictJson& strict, const json& value)
{
    constexpr int mostPictures = 1'000'000;
    strict.requireKeys(value, "stage", {"stage", "n", "can_move", "spearman", "ssim"});
    strict.requireKeys(value["spearman"], "spearman", {"mean", "low", "high"});
    SanityComparison stage;
    stage.stage = strict.text(value["stage"], "stage", mostBytes);
    stage.pictures = strict.integer(value["n"], "n", 0, mostPictures);
    stage.canMove = strict.boolean(value["can_move"], "can_move");
    stage.spearman = strict.number(value["spearman"]["mean"], "mean");
    stage.low = strict.number(value["spearman"]["low"], "low");
    stage.high = strict.number(value["spearman"]["high"], "high");
    if (!value["ssim"].is_null())
        stage.ssim = strict.number(value["ssim"], "ssim");
    return stage;
}

SanitySource sourceOf(const StrictJson& strict, const json& value)
{
    constexpr int mostCells = 100'000'000;
    strict.requireKeys(value, "source", {"source", "cells", "chance_spread", "verdict", "stages"});
    SanitySource source;
    source.label = strict.text(value["source"], "source", mostBytes);
    source.cells = static_cast<std::size_t>(strict.integer(value["cells"], "cells", 2, mostCells));
    strict.requireArray(value["stages"], "stages", mostStages);
    for (const json& stage : value["stages"])
        source.stages.push_back(comparisonOf(strict, stage));
    return source;
}

} // namespace

nlohmann::ordered_json jsonOf(const SanityReport& report)
{
    nlohmann::ordered_json all = {{"model", report.modelHash},
                                  {"seed", report.seed},
                                  {"n", report.pictures},
                                  {"interval", "95 % bootstrap over pictures"},
                                  {"deciding_stage", report.deciding},
                                  {"sources", nlohmann::ordered_json::array()}};
    if (!report.settings.empty())
        all["model_settings"] = report.settings;
    for (const SanitySource& source : report.sources) {
        nlohmann::ordered_json entry = {{"source", source.label},
                                        {"cells", source.cells},
                                        {"chance_spread", rankCorrelationSpread(source.cells)},
                                        {"verdict", toString(verdictOf(source, report.deciding))},
                                        {"stages", nlohmann::ordered_json::array()}};
        for (const SanityComparison& stage : source.stages)
            entry["stages"].push_back(jsonOf(stage));
        all["sources"].push_back(std::move(entry));
    }
    return all;
}

SanityReport readSanityReport(const std::filesystem::path& file)
{
    constexpr int mostPictures = 1'000'000;
    const StrictJson strict(file.string());
    const json value = strict.parsed(readTextFile(file, "sanity report", mostFileBytes).text, mostDepth, mostValues);
    strict.requireKeys(value, "report", {"model", "seed", "n", "interval", "deciding_stage", "sources"},
                       {"model_settings"});
    SanityReport report;
    if (value.contains("model_settings"))
        report.settings = strict.text(value["model_settings"], "settings", mostBytes);
    report.modelHash = strict.text(value["model"], "model", mostBytes);
    if (!value["seed"].is_number_unsigned())
        strict.fail("expected a seed of whole numbers from 0");
    report.seed = value["seed"].get<std::uint64_t>();
    report.pictures = strict.integer(value["n"], "n", 0, mostPictures);
    report.deciding = strict.text(value["deciding_stage"], "deciding_stage", mostBytes);
    strict.requireArray(value["sources"], "sources", mostSources);
    for (const json& source : value["sources"])
        report.sources.push_back(sourceOf(strict, source));
    return report;
}

} // namespace ocellus
