// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/prediction_queue.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include <QPointer>

#include "ui/engine/engine_worker.h"
#include "ui/engine/prediction_store.h"

namespace ocellus {

namespace {

/// The model, and all that its answer depends on beside the picture's file.
ContentKey circumstancesOf(const ViewRequest& request, const Engine& engine)
{
    const ModelDescription& model = *engine.model();
    const DecodeOptions& decode = request.decode;
    const Precision& precision = engine.device().precision;
    std::string text = OCELLUS_VERSION "\n" + model.sha256 + '\n' + describe(model.given) + '\n' +
                       request.engine.stateDict + '\n' + toString(request.preprocessFor(model)) + '\n' +
                       precision.device + '\n' + toString(decode.range) + '\n';
    for (const bool flag :
         {precision.tf32, precision.half, decode.ignoreExif, decode.convertToSrgb, decode.showDamaged})
        text += flag ? '1' : '0';
    return contentKey(text);
}

Prediction keptOrAsked(PredictionStore& store, EngineWorker& worker, const ViewRequest& request,
                       const Progress& progress)
{
    if (!request.edits.empty())
        return worker.predict(request, progress);
    const Engine& engine = worker.engineFor(request);
    const ContentKey circumstances = circumstancesOf(request, engine);
    const ContentKey file = keyOfFile(request.picture, progress);
    if (const std::optional<Prediction> kept = store.find(circumstances, file, engine.model()->offer.classes))
        return *kept;
    const Prediction prediction = worker.predict(request, progress);
    store.keep(circumstances, file, prediction);
    return prediction;
}

} // namespace

PredictionQueue::PredictionQueue(EngineController& controller, std::filesystem::path kept, QObject* parent)
    : QObject(parent),
      m_controller(controller),
      m_store(std::make_shared<PredictionStore>(std::move(kept)))
{
    connect(&controller, &EngineController::backgroundCleared, this, &PredictionQueue::clear);
}

PredictionQueue::~PredictionQueue()
{
    m_controller.stopIdle();
}

void PredictionQueue::add(const ViewRequest& like)
{
    add(like, {like.picture});
}

void PredictionQueue::add(const ViewRequest& like, const std::vector<std::filesystem::path>& pictures)
{
    if (pictures.empty())
        return;
    const bool wasEmpty = m_waiting.empty();
    const auto shared = std::make_shared<const ViewRequest>(like);
    for (const std::filesystem::path& picture : pictures)
        m_waiting.push_back({picture.native(), shared});
    if (wasEmpty)
        runFront();
    emit changed();
}

void PredictionQueue::prefer(const std::vector<std::filesystem::path>& pictures)
{
    if (m_waiting.size() < 3)
        return;
    std::unordered_set<std::string> wanted;
    for (const std::filesystem::path& picture : pictures)
        wanted.insert(picture.native());
    std::stable_partition(m_waiting.begin() + (m_paused ? 0 : 1), m_waiting.end(),
                          [&](const Wanted& waiting) { return wanted.contains(waiting.picture); });
}

void PredictionQueue::remove(const std::filesystem::path& picture)
{
    const auto found = std::ranges::find(m_waiting, picture.native(), &Wanted::picture);
    if (found == m_waiting.end())
        return;
    if (found != m_waiting.begin()) {
        m_waiting.erase(found);
    } else {
        stopFront();
        m_waiting.pop_front();
        runFront();
    }
    if (m_waiting.empty())
        m_done = 0;
    emit changed();
}

void PredictionQueue::clear()
{
    if (m_waiting.empty())
        return;
    stopFront();
    m_waiting.clear();
    m_done = 0;
    emit changed();
}

void PredictionQueue::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    m_paused = paused;
    if (paused)
        stopFront();
    else
        runFront();
    emit changed();
}

void PredictionQueue::runFront()
{
    if (m_paused || m_waiting.empty())
        return;
    const std::uint64_t run = ++m_run;
    const auto isWanted = [queue = QPointer(this), run] { return queue && queue->m_run == run; };
    ViewRequest wanted = *m_waiting.front().like;
    wanted.picture = m_waiting.front().picture;
    m_controller.runWhenIdle(
        [this, isWanted, request = wanted, store = m_store](EngineWorker& worker,
                                                            const Progress& progress) -> std::function<void()> {
            const Prediction prediction = keptOrAsked(*store, worker, request, progress);
            return [this, isWanted, request, prediction] {
                if (!isWanted())
                    return;
                finishFront();
                emit predicted(request, prediction);
            };
        },
        [this, isWanted, request = wanted](const Failure& failure) {
            if (!isWanted())
                return;
            finishFront();
            if (!failure.isCancelled()) // another model is open now, and asks for predictions of its own
                emit failed(request, failure);
        });
}

void PredictionQueue::stopFront()
{
    ++m_run;
    m_controller.stopIdle();
}

void PredictionQueue::finishFront()
{
    m_waiting.pop_front();
    m_done = m_waiting.empty() ? 0 : m_done + 1;
    runFront();
    emit changed();
}

} // namespace ocellus
