// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>

#include "core/analysis/edit_effects.h"

namespace ocellus {

std::string csvOf(const ClassEffects& effects, const std::vector<std::string>& names,
                  std::span<const CsvColumn> belongsTo)
{
    std::string table = csvHeader("class,name,logit_before,logit_after,logit_change,probability_before,"
                                  "probability_after,probability_change,rank_before,rank_after",
                                  belongsTo);
    for (const ClassEffect& effect : effects.classes) {
        CsvLine line;
        line.number(effect.classIndex).text(names.at(static_cast<std::size_t>(effect.classIndex)));
        line.number(effect.logitBefore).number(effect.logitAfter).number(effect.logitChange());
        line.number(effect.probabilityBefore).number(effect.probabilityAfter).number(effect.probabilityChange());
        table += line.number(effect.rankBefore).number(effect.rankAfter).values(belongsTo).str();
    }
    return table;
}

std::string csvOf(std::span<const MapEffect> effects, std::span<const CsvColumn> belongsTo)
{
    std::string table = csvHeader("head,js_distance,in_mask_before,in_mask_after", belongsTo);
    for (std::size_t i = 0; i < effects.size(); ++i) {
        CsvLine line;
        if (i + 1 == effects.size())
            line.text("mean"); // the last row of mapEffects()
        else
            line.number(effects[i].head + 1);
        line.number(effects[i].distance).number(effects[i].inMaskBefore).number(effects[i].inMaskAfter);
        table += line.values(belongsTo).str();
    }
    return table;
}

} // namespace ocellus
