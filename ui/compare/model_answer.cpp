// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/model_answer.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

#include "core/analysis/class_alone.h"
#include "core/evaluation/class_of_model.h"
#include "core/explain/stand_in.h"
#include "core/image/preprocess.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/figures/edit_text.h"

namespace ocellus {

namespace {

ModelAnswer answerOf(const ModelQuestion& question, EngineWorker& worker, const Progress& progress)
{
    const bool isOther = !question.other.empty();
    const ExplainedSubject subject = worker.subjectFor(question.request, progress, question.other);
    Engine& engine = isOther ? worker.otherEngine(question.other, progress) : worker.engineFor(question.request);
    ModelAnswer answer;
    answer.model = *engine.model();
    answer.key = subject.key;
    answer.picture = subject.prepared->image;
    answer.edits = question.request.edits;
    answer.inputSize = subject.prepared->input.inputSize;
    answer.decoding = subject.decoding;
    answer.classIndex =
        isOther ? classOfModel(answer.model, question.classIndex, question.names) : std::optional(question.classIndex);
    const Decoding& decoding = *subject.decoding;
    if (decoding.hasLogits() && !decoding.ranking().empty()) {
        answer.predicted = decoding.classes()[static_cast<std::size_t>(decoding.ranking().front())];
        answer.probability = decoding.probability(answer.predicted);
    }
    if (!answer.classIndex || answer.model.offer.mapsTellOfClasses()) {
        if (answer.classIndex && decoding.hasClass(*answer.classIndex))
            answer.decoding = withMapsOf(decoding, *answer.classIndex);
        return answer;
    }
    ModelProbe& probe = isOther ? worker.otherProbe(question.other, progress) : worker.probeFor(question.request);
    StandIn standIn = standInFor(engine, probe, subject.subject(), *answer.classIndex, progress);
    answer.maps = std::move(standIn.maps);
    answer.words = QString::fromStdString(standIn.why);
    return answer;
}

} // namespace

EngineUnit answeringUnit(ModelQuestion question, std::function<void(const ModelAnswer&)> deliver,
                         std::function<void(const Failure&)> refuse)
{
    return [question = std::move(question), deliver = std::move(deliver),
            refuse = std::move(refuse)](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
        worker.engineFor(question.request); // which another one may have replaced: then nothing is read
        try {
            return [answer = answerOf(question, worker, progress), deliver] { deliver(answer); };
        } catch (...) {
            const Failure failure = failureOf(worker.step(), std::current_exception());
            if (failure.isCancelled())
                throw;
            return [failure, refuse] { refuse(failure); };
        }
    };
}

QString classNameOf(const ModelAnswer& answer, int classIndex, const Document& document)
{
    const bool isOpen = document.model() && document.model()->sha256 == answer.key.model;
    const auto place = static_cast<std::size_t>(classIndex);
    if (place < answer.model.classNames.size() && !isOpen)
        return QString::fromStdString(answer.model.classNames[place]);
    // By their index, as classOfModel() does: of as many classes only.
    return isOpen || answer.model.offer.classes == document.classCount()
               ? document.classNames().label(classIndex)
               : QCoreApplication::translate("ocellus::ModelAnswer", "class %1").arg(classIndex);
}

Explanation explanationOf(const ModelAnswer& answer, const Document& document)
{
    Explanation shown;
    shown.picture = answer.picture;
    const ModelDescription& model = answer.model;
    const DisplayChoice& display = document.display();
    const Decoding::Extent& extent = answer.decoding->extent();
    const Size picture{answer.picture.width(), answer.picture.height()};
    shown.decoding = answer.decoding;
    shown.geometry = CellGeometry(picture, inputPlace(picture, answer.key.preprocess), std::max(1, extent.rows),
                                  std::max(1, extent.columns), model.field, display.style.placement);
    shown.field = model.field;
    shown.inputSize = answer.inputSize;
    shown.classIndex = answer.classIndex.value_or(answer.predicted);
    shown.layer = std::max(0, extent.layers - 1);
    shown.layerKind = model.offer.layerKind;
    shown.mapKind = model.offer.mapKind;
    shown.subject = model.offer.mapsTellOfClasses() ? model.offer.maps : MapSubject::Classes;
    shown.style = display.style;
    shown.style.perMapStretch = false;
    shown.className = classNameOf(answer, shown.classIndex, document);
    shown.modelName = toQString(model.path.filename());
    shown.modelHash = shortHash(answer.key.model);
    shown.limit = limitText(answer.key.limit, model.offer.classes);
    shown.edits = answer.edits.empty() ? QString() : describe(answer.edits);
    shown.notices = noticesOf(answer.key, model);
    return shown;
}

} // namespace ocellus
