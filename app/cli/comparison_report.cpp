// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison_report.h"

#include <algorithm>
#include <iomanip>
#include <locale>
#include <sstream>
#include <utility>

#include "core/base/text.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"

namespace ocellus {

namespace {

bool isChanged(const NamedTwice& picture)
{
    return picture.first != picture.second;
}

} // namespace

void ComparisonReport::add(NamedTwice picture)
{
    outcomes.add(picture.firstIsRight, picture.secondIsRight);
    pictures.push_back(std::move(picture));
}

void addTo(nlohmann::ordered_json& evaluation, const ComparisonReport& report)
{
    const PairedOutcomes& outcomes = report.outcomes;
    evaluation["against"] = {{"checkpoint", report.against},
                             {"sha256", report.againstHash},
                             {"n", outcomes.n()},
                             {"both_right", outcomes.both},
                             {"only_this_right", outcomes.onlyFirst},
                             {"only_other_right", outcomes.onlySecond},
                             {"neither_right", outcomes.neither},
                             {"named_differently", std::ranges::count_if(report.pictures, isChanged)},
                             {"mcnemar_p", mcNemarP(outcomes.onlyFirst, outcomes.onlySecond)}};
}

std::string asText(const ComparisonReport& report)
{
    const PairedOutcomes& outcomes = report.outcomes;
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "against\t" << oneLine(report.against) << "\tonly this one right " << outcomes.onlyFirst
         << ", only that one " << outcomes.onlySecond << ", both " << outcomes.both << ", neither " << outcomes.neither
         << "\tMcNemar's p " << std::setprecision(3) << mcNemarP(outcomes.onlyFirst, outcomes.onlySecond) << '\n';
    return text.str();
}

void writeChanged(const std::filesystem::path& path, const ComparisonReport& report)
{
    std::string text = csvHeader("picture,class,this,other,this_right,other_right");
    for (const NamedTwice& picture : report.pictures)
        if (isChanged(picture))
            text += CsvLine()
                        .text(picture.picture)
                        .text(picture.trueClass)
                        .text(picture.first)
                        .text(picture.second)
                        .number(static_cast<int>(picture.firstIsRight))
                        .number(static_cast<int>(picture.secondIsRight))
                        .str();
    writeFileAtomically(path, text);
}

} // namespace ocellus
