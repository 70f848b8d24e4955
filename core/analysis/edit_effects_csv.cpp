// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <iomanip>
#include <limits>
#include <locale>
#include <optional>
#include <sstream>

#include "core/analysis/edit_effects.h"
#include "core/io/csv.h"

namespace ocellus {

namespace {

/// Writes points as decimal marks whatever the locale, with digits that give a float back exactly.
std::ostringstream table()
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::setprecision(std::numeric_limits<float>::max_digits10);
    return out;
}

void addField(std::ostringstream& out, const std::optional<double>& value)
{
    out << ',';
    if (value)
        out << *value;
}

} // namespace

std::string csvOf(const ClassEffects& effects, const std::vector<std::string>& names)
{
    std::ostringstream out = table();
    out << "class,name,logit_before,logit_after,logit_change,probability_before,probability_after,probability_change,"
           "rank_before,rank_after\n";
    for (const ClassEffect& effect : effects.classes)
        out << effect.classIndex << ',' << csvField(names.at(static_cast<std::size_t>(effect.classIndex))) << ','
            << effect.logitBefore << ',' << effect.logitAfter << ',' << effect.logitChange() << ','
            << effect.probabilityBefore << ',' << effect.probabilityAfter << ',' << effect.probabilityChange() << ','
            << effect.rankBefore << ',' << effect.rankAfter << '\n';
    return out.str();
}

std::string csvOf(std::span<const MapEffect> effects)
{
    std::ostringstream out = table();
    out << "head,js_distance,in_mask_before,in_mask_after\n";
    for (std::size_t i = 0; i < effects.size(); ++i) {
        if (i + 1 == effects.size())
            out << "mean"; // the last row of mapEffects()
        else
            out << effects[i].head + 1;
        addField(out, effects[i].distance);
        addField(out, effects[i].inMaskBefore);
        addField(out, effects[i].inMaskAfter);
        out << '\n';
    }
    return out.str();
}

} // namespace ocellus
