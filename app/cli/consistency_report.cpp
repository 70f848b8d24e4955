// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/consistency_report.h"

#include <iomanip>
#include <locale>
#include <sstream>

#include "core/analysis/intervals.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "core/io/json_text.h"

namespace ocellus {

using Json = nlohmann::ordered_json;

namespace {

constexpr double percent = 100;

Json intervalJson(const Interval& interval)
{
    return {percent * interval.low, percent * interval.high};
}

Json shareJson(int successes, int n, const Interval& interval)
{
    return {{"n", n},
            {"consistent", successes},
            {"share", n == 0 ? 0 : percent * successes / n},
            {"interval", intervalJson(interval)}};
}

/// "35.00 % (30.12 to 40.24)"
std::string shareText(double share, const Interval& interval)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << std::setprecision(2) << percent * share << " % (" << percent * interval.low << " to "
         << percent * interval.high << ")";
    return text.str();
}

std::string shareText(int successes, int n, const Interval& interval)
{
    return shareText(n == 0 ? 0 : static_cast<double>(successes) / n, interval) + " of " + std::to_string(n);
}

std::string classLine(const ClassConsistency& row, const std::vector<std::string>& parts, const ClassTable& table)
{
    CsvLine line;
    line.number(row.classIndex).text(table.entries[static_cast<std::size_t>(row.classIndex)].name).text(row.map);
    if (row.part < 0)
        line.empty();
    else
        line.text(parts[static_cast<std::size_t>(row.part)]);
    return line.number(row.seen)
        .number(percent * row.share)
        .number(row.pictures)
        .number(row.stability ? std::optional(percent * *row.stability) : std::nullopt)
        .str();
}

} // namespace

Json asJson(const ConsistencySummary& summary)
{
    Json json = {
        {"map", summary.map},
        {"consistency", shareJson(summary.consistent, summary.n, summary.interval)},
        {"consistency_of_frequent_parts", shareJson(summary.consistentOften, summary.nOften, summary.intervalOften)},
        {"pictures", summary.pictures}};
    if (summary.stability) {
        json["stability"] = percent * *summary.stability;
        json["stability_interval"] = intervalJson(summary.stabilityInterval);
    }
    return json;
}

std::string textOf(const ConsistencySummary& summary)
{
    std::string text = "consistency\t" + summary.map + '\t' +
                       shareText(summary.consistent, summary.n, summary.interval) + "\tparts seen " +
                       std::to_string(HeadConsistency::leastSeen) + " times or more " +
                       shareText(summary.consistentOften, summary.nOften, summary.intervalOften);
    if (summary.stability)
        text += "\tstability " + shareText(*summary.stability, summary.stabilityInterval);
    return text + '\n';
}

void writeConsistency(const std::filesystem::path& folder, const HeadConsistency& consistency,
                      const std::vector<std::string>& parts, const ClassTable& table, std::uint64_t seed)
{
    std::string csv = csvHeader("class,name,map,part,seen,share,pictures,stability");
    for (const ClassConsistency& row : consistency.classes())
        csv += classLine(row, parts, table);
    writeFileAtomically(folder / "consistency.csv", csv);
    Json rows = Json::array();
    for (const ConsistencySummary& summary : consistency.summaries())
        rows.push_back(asJson(summary));
    const Json all = {
        {"from", "Huang et al. 2023, arXiv 2212.05946; of a model without prototypes for heads in their place"},
        {"hit", "the first maximum of the map, stretched to the picture by cubic convolution, lies in a box of 36/224 "
                "of each side around the part"},
        {"consistency", "share of the pairs of a class and a map that hit some part in at least 80 % of the pictures "
                        "where it is visible"},
        {"consistency_of_frequent_parts",
         "the same with parts alone that are visible in " + std::to_string(HeadConsistency::leastSeen) +
             " pictures or more; a part seen once and hit once counts above, as published"},
        {"stability", "share of pictures where noise in the model's input (standard deviation 0.2, at most 0.25) "
                      "changes no hit"},
        {"interval", "Wilson's, of as many independent trials as these tell as much as (L. Kish 1965): maps of one "
                     "class are a cluster, for stability those of one picture"},
        {"random", "maps that are drawn anew for each picture and pass"},
        {"centre", "a map that always peaks in the middle; no noise can move it"},
        {"over", "pictures that the full set of classes names correctly and that have a visible part"},
        {"seed", seed},
        {"rows", rows}};
    writeFileAtomically(folder / "consistency.json", jsonText(all, 1));
}

void removeConsistency(const std::filesystem::path& folder)
{
    std::error_code ignored;
    for (const char* name : {"consistency.json", "consistency.csv"})
        std::filesystem::remove(folder / name, ignored);
}

} // namespace ocellus
