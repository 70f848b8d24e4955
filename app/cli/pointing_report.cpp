// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/pointing_report.h"

#include <algorithm>
#include <iterator>

#include "core/analysis/intervals.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "core/io/json_text.h"

namespace ocellus {

using Json = nlohmann::ordered_json;

namespace {

constexpr double percent = 100;

std::string csvLine(const PointingRow& row)
{
    const PointingTally& tally = row.tally;
    const Interval interval = wilsonInterval(tally.hits, tally.n);
    CsvLine line;
    line.text(row.mark)
        .text(row.limit)
        .text(toString(row.placement))
        .text(row.heads)
        .number(tally.n)
        .number(tally.hits);
    for (const double share :
         {tally.share(), interval.low, interval.high, tally.chance(), tally.shuffledShare(), tally.centralShare()})
        line.number(static_cast<float>(percent * share));
    if (row.inside)
        line.number(static_cast<float>(percent * *row.inside));
    else
        line.empty();
    return line.number(row.lift).number(row.centralLift).str();
}

} // namespace

Json asJson(const PointingRow& row)
{
    const PointingTally& tally = row.tally;
    const Interval interval = wilsonInterval(tally.hits, tally.n);
    Json json = {{"mark", row.mark},
                 {"limit", row.limit},
                 {"placement", toString(row.placement)},
                 {"heads", row.heads},
                 {"n", tally.n},
                 {"hits", tally.hits},
                 {"share", percent * tally.share()},
                 {"interval", {percent * interval.low, percent * interval.high}},
                 {"chance", percent * tally.chance()},
                 {"shuffled", percent * tally.shuffledShare()},
                 {"central", percent * tally.centralShare()}};
    if (row.inside)
        json["inside"] = percent * *row.inside;
    if (row.lift)
        json["lift"] = *row.lift;
    if (row.centralLift)
        json["central_lift"] = *row.centralLift;
    return json;
}

std::vector<PointingRow> mainRows(const std::vector<PointingRow>& rows)
{
    std::vector<PointingRow> main;
    std::ranges::copy_if(rows, std::back_inserter(main), [](const PointingRow& row) { return !row.isSinglePart; });
    return main;
}

void writePointing(const std::filesystem::path& folder, const std::vector<PointingRow>& rows, std::uint64_t seed)
{
    std::string csv =
        csvHeader("mark,limit,placement,heads,n,hits,share,low,high,chance,shuffled,central,inside,lift,central_lift");
    Json list = Json::array();
    for (const PointingRow& row : rows) {
        csv += csvLine(row);
        list.push_back(asJson(row));
    }
    writeFileAtomically(folder / "pointing.csv", csv);
    const Json all = {{"hit", "a peak whose cell lies within one cell of the mark (centre to mark, in grid steps); "
                              "\"on the mark\": whose cell's centre lies on one of its pixels"},
                      {"inside",
                       "mean share of the attention of the best-ranked head, or of the one head, that lies inside the "
                       "mark; an even spread has the share of the picture that the mark covers"},
                      {"lift", "inside over the share of the grid that the mark covers: 1 is an even spread"},
                      {"central", "what a map that only knows the middle of the picture would have"},
                      {"over", "pictures that the full set of classes names correctly and that have the mark"},
                      {"shuffle_seed", seed},
                      {"maps", rows.empty() ? std::string() : rows.front().maps},
                      {"heads", "their numbers among those of the picture's class, from 1; a tree's by their place on "
                                "the picture's way"},
                      {"rows", list}};
    writeFileAtomically(folder / "pointing.json", jsonText(all, 1));
}

void removePointing(const std::filesystem::path& folder)
{
    std::error_code ignored;
    for (const char* name : {"pointing.json", "pointing.csv"})
        std::filesystem::remove(folder / name, ignored);
}

} // namespace ocellus
