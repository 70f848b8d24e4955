// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/explained_picture.h"

#include <system_error>
#include <utility>

#include "core/analysis/class_alone.h"
#include "core/analysis/consistency.h"
#include "core/image/picture_address.h"
#include "core/image/preprocess.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/document/open_model_request.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/engine/picture_image.h"
#include "ui/figures/edit_text.h"

namespace ocellus {

namespace {

QImage small(const QImage& picture)
{
    const QSize most(ExplainedPicture::LongSide, ExplainedPicture::LongSide);
    if (picture.width() <= most.width() && picture.height() <= most.height())
        return picture;
    return picture.scaled(most, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

ExplainedPicture explain(const WantedPicture& wanted, EngineWorker& worker, const Progress& progress)
{
    const ViewResult view = worker.explain(wanted.request, progress);
    ExplainedPicture explained;
    explained.key = view.key;
    explained.path = view.shown.path;
    explained.facts = view.shown.facts;
    explained.fileTime = view.shown.fileTime;
    explained.edits = view.shown.edits;
    explained.picture = small(view.shown.picture);
    if (!explained.picture.isNull())
        explained.shrunk = static_cast<double>(view.shown.picture.width()) / explained.picture.width();
    explained.inputSize = view.inputSize;
    explained.predicted = bestClass(*view.full);
    explained.classIndex = wanted.classIndex.value_or(explained.predicted);
    if (!view.decoding->hasClass(explained.classIndex))
        return explained;
    explained.decoding = withMapsOf(*view.decoding, explained.classIndex);
    if (!wanted.attendedMemory)
        return explained;
    const std::vector<float> memory = view.encoding->memory();
    for (int layer = 0; layer < view.decoding->extent().layers; ++layer)
        explained.attended.push_back(attendedMemory(*view.decoding, memory, layer, explained.classIndex));
    return explained;
}

} // namespace

bool isOutdated(const ExplainedPicture& explained)
{
    std::error_code gone;
    const auto time = std::filesystem::last_write_time(pictureAddress(explained.path).file, gone);
    return !gone && time != explained.fileTime;
}

ViewRequest requestFor(const Document& document, const std::filesystem::path& picture)
{
    ViewRequest request = openModelRequest(document);
    request.intervention = {};
    request.picture = picture;
    request.edits = document.editor().historyOf(picture).state().edits;
    return request;
}

EngineUnit explainingUnit(WantedPicture wanted, std::function<void(const ExplainedPicture&)> deliver)
{
    return [wanted = std::move(wanted),
            deliver = std::move(deliver)](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
        return [explained = explain(wanted, worker, progress), deliver] { deliver(explained); };
    };
}

Explanation explanationOf(const ExplainedPicture& explained, const Document& document, const Explanation& like)
{
    Explanation shown = like;
    shown.blurRanks.clear(); // of the other picture
    shown.evidence.reset();
    shown.picture = explained.picture;
    shown.pictureName = document.pictures().distinctName(explained.path);
    shown.millimetresPerPixel = explained.facts.millimetresPerPixel;
    shown.shrunk = explained.shrunk;
    shown.edits = explained.edits.empty() ? QString() : describe(explained.edits);
    shown.intervention.clear();
    shown.stale = isOutdated(explained);
    shown.limit = limitText(explained.key.limit, document.classCount());
    shown.notices = noticesOf(explained.key, document.model()) + noticesOf(explained.facts);
    shown.decoding = explained.decoding;
    if (!explained.decoding || !document.model())
        return shown;
    const Decoding::Extent& extent = explained.decoding->extent();
    const DisplayChoice& display = document.display();
    const Size picture{shown.picture.width(), shown.picture.height()};
    shown.geometry = CellGeometry(picture, inputPlace(picture, explained.key.preprocess), extent.rows, extent.columns,
                                  document.model()->field, display.style.placement);
    shown.field = document.model()->field;
    shown.inputSize = explained.inputSize;
    shown.style = display.style;
    shown.layer = std::clamp(display.layer, 0, std::max(0, extent.layers - 1));
    shown.layerKind = document.model()->offer.layerKind;
    shown.mapKind = document.model()->offer.mapKind;
    shown.boxes = display.boxes;
    shown.subject = document.model()->offer.maps;
    shown.classIndex = explained.classIndex;
    // There may be nothing like it: the picture that was chosen last may not be explained yet, or never.
    shown.modelName = toQString(document.model()->path.filename());
    shown.modelHash = shortHash(explained.key.model);
    shown.className = document.classNames().label(explained.classIndex);
    shown.headNotes = document.headNotes().ofClass(explained.classIndex);
    return shown;
}

} // namespace ocellus
