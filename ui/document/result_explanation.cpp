// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/result_explanation.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/image/preprocess.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"
#include "ui/engine/picture_image.h"
#include "ui/figures/edit_text.h"
#include "ui/figures/map_names.h"
#include "ui/models/intervention_text.h"

namespace ocellus {

namespace {

/// The words of this file.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(ViewKey)
};

/// What was computed, in the panel's terms; `filter` hides classes from lists, and is no part of a query set.
LimitChoice limitOf(const QuerySet& computed, const LimitChoice& chosen)
{
    if (computed.mode == LimitMode::All)
        return chosen.kind == LimitChoice::Kind::Filter ? chosen : LimitChoice();
    return choiceOf(computed);
}

/// One of the result's decodings, with what it was computed for.
struct Computed {
    ViewKey key;
    const std::shared_ptr<const Decoding>& decoding;
    QImage picture;
    EditList edits;
    Size inputSize;
};

Explanation explain(const Document& document, const ViewResult& result, const Computed& computed)
{
    Explanation shown;
    shown.picture = computed.picture;
    shown.pictureName = document.pictures().distinctName(result.shown.path);
    shown.millimetresPerPixel = result.shown.facts.millimetresPerPixel;
    const auto& model = document.model();
    if (!computed.decoding || !model || model->sha256 != computed.key.model || model->given != computed.key.given)
        return shown;
    const DisplayChoice& display = document.display();
    const Decoding::Extent& extent = computed.decoding->extent();
    shown.decoding = computed.decoding;
    const Size picture{computed.picture.width(), computed.picture.height()};
    shown.geometry = CellGeometry(picture, inputPlace(picture, computed.key.preprocess), extent.rows, extent.columns,
                                  model->field, display.style.placement);
    shown.field = model->field;
    shown.inputSize = computed.inputSize;
    const int chosen = document.currentClass();
    shown.classIndex = result.decoding->hasClass(chosen) ? chosen : bestClass(*result.decoding);
    shown.layer = std::clamp(display.layer, 0, std::max(0, extent.layers - 1));
    shown.layerKind = model->offer.layerKind;
    shown.mapKind = model->offer.mapKind;
    shown.boxes = display.boxes;
    shown.subject = model->offer.maps;
    shown.style = display.style;
    shown.sortByRanking = display.sortByRanking;
    shown.sortByBlurring = display.sortByBlurring;
    shown.sortByWorth = display.sortByWorth;
    shown.className = document.classNames().label(shown.classIndex);
    shown.modelName = toQString(model->path.filename());
    shown.modelHash = shortHash(computed.key.model);
    shown.limit = limitText(limitOf(computed.key.limit, document.limit()), document.classCount());
    shown.headNotes = document.headNotes().ofClass(shown.classIndex);
    shown.edits = computed.edits.empty() ? QString() : describe(computed.edits);
    shown.intervention = interventionText(
        computed.key.intervention, MapNames::ofRemovable(*computed.decoding, computed.key.intervention.classIndex));
    shown.notices = noticesOf(computed.key, model, result.isDraft) + noticesOf(result.shown.facts);
    if (result.isDraft)
        shown.notices.prepend(Text::tr("draft at half the resolution"));
    return shown;
}

} // namespace

Explanation explanationOf(const Document& document, const ViewResult& result)
{
    return explain(document, result,
                   {result.key, result.decoding, result.shown.picture, result.shown.edits, result.inputSize});
}

Explanation explanationBeforeOf(const Document& document, const ViewResult& result)
{
    return explain(document, result,
                   {result.key.withoutEdits(), result.before, result.shown.original, {}, result.beforeInputSize});
}

Explanation explanationOfFullOf(const Document& document, const ViewResult& result)
{
    return explain(
        document, result,
        {result.key.withoutLimit(), result.full, result.shown.picture, result.shown.edits, result.inputSize});
}

} // namespace ocellus
