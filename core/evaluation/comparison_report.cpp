// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/comparison_report.h"

#include <algorithm>
#include <iomanip>
#include <locale>
#include <sstream>
#include <utility>

#include "core/base/text.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"

namespace ocellus {

void ComparisonReport::add(NamedTwice picture)
{
    outcomes.add(picture.firstIsRight, picture.secondIsRight);
    pictures.push_back(std::move(picture));
}

int ComparisonReport::changed() const
{
    return static_cast<int>(std::ranges::count_if(pictures, &NamedTwice::isChanged));
}

ComparisonReport comparisonOf(const NamedPictures& first, const NamedPictures& second)
{
    const auto nameOf = [](const ClassTable& table, int classIndex) {
        return table.entries[static_cast<std::size_t>(classIndex)].name;
    };
    std::map<std::string, const AskedPicture*> bySecond;
    for (std::size_t i = 0; i < second.names.size(); ++i)
        bySecond[second.names[i]] = second.asked[i];
    ComparisonReport report;
    for (std::size_t i = 0; i < first.names.size(); ++i) {
        const auto other = bySecond.find(first.names[i]);
        if (other == bySecond.end())
            continue;
        const AskedPicture& one = *first.asked[i];
        const AskedPicture& two = *other->second;
        report.add({first.names[i], nameOf(first.table, one.trueClass), nameOf(first.table, one.predicted()),
                    nameOf(second.table, two.predicted()), one.predicted() == one.trueClass,
                    two.predicted() == two.trueClass});
    }
    return report;
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
                             {"named_differently", report.changed()},
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
        if (picture.isChanged())
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
