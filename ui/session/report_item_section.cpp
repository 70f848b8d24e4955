// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/report_item_section.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/image/preprocess.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"
#include "ui/engine/picture_image.h"
#include "ui/figures/edit_text.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/map_names.h"
#include "ui/figures/report_sections.h"
#include "ui/models/intervention_text.h"

namespace ocellus {

namespace {

/// The words of this file.
class ItemText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ReportItem)
};

/// Of the class that was shown, where it has maps.
int classOf(const ReportItem& item, const ViewResult& view)
{
    const int wanted = item.classIndex.value_or(bestClass(*view.before));
    return view.withoutIntervention->hasClass(wanted) ? wanted : bestClass(*view.withoutIntervention);
}

QString limitOf(const QuerySet& set, const QStringList& classNames)
{
    if (set.mode == LimitMode::All)
        return {};
    QStringList names;
    for (const int classIndex : set.active)
        names += classNames.value(classIndex);
    return QStringLiteral("%1: %2").arg(limitText(set, static_cast<int>(classNames.size())),
                                        names.join(QStringLiteral(", ")));
}

QString pixels(Size size)
{
    return ItemText::tr("%1 × %2 px").arg(size.width).arg(size.height);
}

Explanation explanationOf(const ReportItem& item, const ReportWords& words, int classIndex,
                          const std::shared_ptr<const Decoding>& decoding, const QImage& picture,
                          const InputPlace& place)
{
    Explanation explanation = words.like;
    explanation.picture = picture;
    explanation.pictureName = words.names.at(item.picture);
    explanation.decoding = decoding;
    const Decoding::Extent& extent = decoding->extent();
    explanation.geometry = CellGeometry({picture.width(), picture.height()}, place, extent.rows, extent.columns,
                                        words.field, words.like.style.placement);
    explanation.field = words.field;
    explanation.inputSize = place.input;
    explanation.classIndex = classIndex;
    explanation.className = words.classNames.value(classIndex);
    explanation.headNotes = words.headNotes.at(static_cast<std::size_t>(classIndex));
    explanation.layer = std::min(item.layer.value_or(words.like.layer), extent.layers - 1);
    explanation.limit = limitText(item.set, static_cast<int>(words.classNames.size()));
    return explanation;
}

/// Tests ask the model as it is, about all its classes.
void addEvidence(Explanation& explanation, const ReportItem& item, ViewKey key, const ReportWords& words)
{
    if (item.set.mode != LimitMode::All)
        return;
    key = key.withoutIntervention();
    EvidenceSheet sheet = EvidenceBook::all(words.evidence, {key, explanation.classIndex, explanation.layer});
    sheet.setHeadNames(MapNames(*explanation.decoding, explanation.layer, explanation.classIndex).all());
    if (!sheet.isEmpty())
        explanation.evidence = std::make_shared<const MapEvidence>(
            MapEvidence{explanation.classIndex, explanation.layer, std::move(sheet), {}});
}

ReportFacts factsOf(const ReportItem& item, const ViewResult& view, const ReportWords& words, const Explanation& after)
{
    const QImage& original = view.shown.original;
    ReportFacts facts{{ItemText::tr("File"), toQString(item.picture)},
                      {ItemText::tr("Picture"), pixels({original.width(), original.height()})},
                      {ItemText::tr("Model's input"), pixels(view.inputSize)},
                      {ItemText::tr("Maps of"), FigureText::withLayer(after.className, after)}};
    if (const QString limit = limitOf(item.set, words.classNames); !limit.isEmpty())
        facts.emplace_back(ItemText::tr("Classes"), limit);
    return facts;
}

} // namespace

ReportWords wordsOf(const Document& document, const LiveAnswer& answer, const ReportPlan& plan)
{
    ReportWords words;
    words.like = answer.explanationOfHeads();
    words.like.picture = {};
    words.like.decoding.reset();
    words.like.stale = false;
    words.like.edits.clear();
    words.like.intervention.clear();
    words.like.blurRanks.clear();
    words.like.evidence.reset();
    words.model = document.model();
    words.evidence = answer.evidence().pages();
    if (document.model())
        words.field = document.model()->field;
    for (int c = 0; c < document.classCount(); ++c) {
        words.classNames += document.classNames().label(c);
        words.headNotes.push_back(document.headNotes().ofClass(c));
    }
    for (const ReportItem& item : plan.items)
        words.names.emplace(item.picture, document.pictures().distinctName(item.picture));
    return words;
}

ReportSection sectionOf(const ReportItem& item, const ViewResult& view, const ReportWords& words)
{
    const int classIndex = classOf(item, view);
    const auto placeOf = [&view](const QImage& picture) {
        return inputPlace({picture.width(), picture.height()}, view.key.preprocess);
    };
    Explanation after = explanationOf(item, words, classIndex, view.withoutIntervention, view.shown.picture,
                                      placeOf(view.shown.picture));
    after.notices = noticesOf(view.key, words.model) + noticesOf(view.shown.facts);
    addEvidence(after, item, view.key, words);
    ReportSection section;
    if (item.isEdited()) {
        after.edits = describe(item.edits);
        Explanation before =
            explanationOf(item, words, classIndex, view.before, view.shown.original, placeOf(view.shown.original));
        before.notices = after.notices;
        addEvidence(before, item, view.key.withoutEdits(), words);
        section = sectionOf(editComparison(before, after, item.edits, editedRegion(item.edits), words.classNames));
    } else {
        section = sectionOf(after, words.classNames);
    }
    section.facts = factsOf(item, view, words, after);
    if (!after.limit.isEmpty())
        section.title += QStringLiteral(", ") + after.limit; // the same picture can be there without it
    if (view.full != view.withoutIntervention) {
        const int best = bestClass(*view.full);
        section.paragraphs += ItemText::tr("Without the limit: %1, logit %2, p %3")
                                  .arg(words.classNames.value(best), FigureText::number(view.full->logit(best)),
                                       FigureText::probability(view.full->probability(best)));
    }
    const AttentionIntervention& intervention = view.key.intervention;
    if (const int changedClass = intervention.classIndex; !intervention.empty()) {
        const MapNames names = MapNames::ofRemovable(*view.decoding, changedClass);
        section.paragraphs += QStringLiteral("%1, %2. %3")
                                  .arg(words.classNames.value(changedClass), interventionText(intervention, names),
                                       interventionEffectText(*view.withoutIntervention, *view.decoding, changedClass)
                                           .replace('\n', QStringLiteral("; ")));
    }
    return section;
}

} // namespace ocellus
