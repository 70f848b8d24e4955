// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/intervention_text.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(AttentionIntervention)
};

QString cellsText(const QString& map, std::size_t count)
{
    return count == 1 ? Text::tr("1 cell of %1").arg(map) : Text::tr("%1 cells of %2").arg(count).arg(map);
}

/// "head 4; 3 cells of head 2"
QString takenText(const AttentionIntervention& intervention, const MapNames& names)
{
    QStringList parts;
    if (!intervention.heads.empty())
        parts << names.names(intervention.heads);
    for (const auto& [head, cells] : intervention.cells)
        if (!cells.empty() && !std::ranges::binary_search(intervention.heads, head))
            parts << cellsText(names.name(head), cells.size());
    return parts.join(Text::tr("; "));
}

/// From 1.
int rankOf(const Decoding& decoding, int classIndex)
{
    const auto& ranking = decoding.ranking();
    const auto found = std::ranges::find(
        ranking, classIndex, [&](int place) { return decoding.classes()[static_cast<std::size_t>(place)]; });
    return static_cast<int>(found - ranking.begin()) + 1;
}

} // namespace

QString interventionText(const AttentionIntervention& intervention, const MapNames& names)
{
    if (intervention.empty())
        return {};
    const auto text = [&names] {
        switch (names.kind()) {
        case MapKind::Prototype: return Text::tr("prototypes changed by hand: without %1");
        case MapKind::Node: return Text::tr("tree changed by hand: without %1");
        case MapKind::Concept: return Text::tr("concepts changed by hand: without %1");
        case MapKind::Head: break;
        }
        return Text::tr("attention changed by hand: without %1");
    };
    return text().arg(takenText(intervention, names));
}

QString interventionStepName(const AttentionIntervention& intervention, const MapNames& names)
{
    return intervention.empty() ? Text::tr("By hand: everything given back")
                                : Text::tr("By hand: without %1").arg(takenText(intervention, names));
}

QString interventionEffectText(const Decoding& untouched, const Decoding& changed, int classIndex)
{
    const auto logit = [&](const Decoding& decoding) { return fixedText(decoding.logit(classIndex), 2); };
    const auto probability = [&](const Decoding& decoding) { return fixedText(decoding.probability(classIndex), 3); };
    const auto rank = [&](const Decoding& decoding) { return QString::number(rankOf(decoding, classIndex)); };
    const auto step = [&](const QString& before, const QString& after) {
        if (changed.intervention().empty())
            return after;
        return before == after ? Text::tr("%1, as before").arg(after) : Text::tr("%1 \u2192 %2").arg(before, after);
    };
    return Text::tr("Logit %1\nProbability %2\nRank among %4: %3")
        .arg(step(logit(untouched), logit(changed)), step(probability(untouched), probability(changed)),
             step(rank(untouched), rank(changed)))
        .arg(changed.classes().size());
}

} // namespace ocellus
