// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/engine_controller.h"

#include <utility>

#include <QFileInfo>

#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

/// Puts the file in front where the failure speaks of a part of it, a tensor for instance.
Failure withFile(Failure failure, const ViewRequest& request)
{
    if (failure.step != Step::Model && failure.step != Step::Picture)
        return failure;
    const QString file = toQString(failure.step == Step::Model ? request.checkpoint : request.picture);
    if (!failure.subject.contains(QFileInfo(file).fileName()))
        failure.subject = failure.subject.isEmpty() ? file : file + QStringLiteral(": ") + failure.subject;
    return failure;
}

} // namespace

EngineController::EngineController(QObject* parent) : QObject(parent), m_worker(std::make_unique<EngineWorker>()) {}

EngineController::~EngineController() = default;

std::uint64_t EngineController::request(ViewRequest request)
{
    request.generation = ++m_generation;
    setBusy(true);
    emit requested(m_generation);
    m_queue.request([this, request](std::stop_token stop) { return runRequest(request, std::move(stop)); });
    return request.generation;
}

void EngineController::cancel(Rest units)
{
    if (!m_busy)
        return;
    ++m_generation;
    m_queue.cancelRequest(units);
    setBusy(false);
    emit cancelled();
}

void EngineController::clearBackground()
{
    m_queue.clearBackground();
    emit backgroundCleared();
}

bool EngineController::runRequest(const ViewRequest& request, std::stop_token stop)
{
    const std::uint64_t generation = request.generation;
    const Progress progress(std::move(stop), [this, generation](Stage stage, double fraction) {
        postUnlessOvertaken(generation, [this, stage, fraction] { emit progressed(stage, fraction); });
    });
    bool hasOpened = false; // and another model has gone
    const EngineWorker::Announcements announce{
        [this](const EngineOptions& options, const DeviceReport& report) {
            post([this, options, report] { emit deviceReported(options, report); });
        },
        [this, &hasOpened](const ModelDescription& model) {
            hasOpened = true;
            post([this, model] { emit modelOpened(model); });
        },
        [this, generation](const ShownPicture& picture) {
            postUnlessOvertaken(generation, [this, picture] { emit pictureReady(picture); });
        },
        [this, generation](const ViewResult& draft) {
            postUnlessOvertaken(generation, [this, draft] { emit draftReady(draft); });
        }};
    try {
        const ViewResult result = m_worker->view(request, progress, announce);
        postResult(generation, [this, result] {
            if (result.decoding)
                emit viewReady(result);
        });
        m_heap.trim(hasOpened ? HeapTrimmer::When::Now : HeapTrimmer::When::Seldom);
        return true;
    } catch (...) {
        const Failure failure = withFile(failureOf(m_worker->step(), std::current_exception()), request);
        if (failure.isCancelled())
            return false;
        postResult(generation, [this, failure] { emit failed(failure); });
        return true;
    }
}

void EngineController::runInBackground(EngineUnit unit, std::function<void(const Failure&)> failed)
{
    addUnit(std::move(unit), std::move(failed), LatestWinsQueue::Wait::Awaited);
}

void EngineController::runWhenIdle(EngineUnit unit, std::function<void(const Failure&)> failed)
{
    addUnit(std::move(unit), std::move(failed), LatestWinsQueue::Wait::Idle);
}

void EngineController::stopIdle()
{
    m_queue.clearIdle();
}

void EngineController::addUnit(EngineUnit unit, std::function<void(const Failure&)> failed, LatestWinsQueue::Wait wait)
{
    m_queue.addBackground([this, unit = std::move(unit), failed = std::move(failed)](
                              std::stop_token stop) { return runUnit(unit, failed, std::move(stop)); },
                          wait);
}

bool EngineController::runUnit(const EngineUnit& unit, const std::function<void(const Failure&)>& failed,
                               std::stop_token stop)
{
    try {
        const int before = m_worker->openModels();
        post(unit(*m_worker, Progress(stop)));
        m_heap.trim(m_worker->openModels() < before ? HeapTrimmer::When::Now : HeapTrimmer::When::Seldom);
        return true;
    } catch (...) {
        const Failure failure = failureOf(Step::Explain, std::current_exception());
        if (failure.isCancelled() && stop.stop_requested())
            return false;
        post([failed, failure] { failed(failure); });
        return true;
    }
}

void EngineController::post(std::function<void()> inMyThread)
{
    // While this object is being destroyed the worker still runs until the queue has stopped; what it posts then is
    // dropped by QObject's destructor.
    QMetaObject::invokeMethod(this, std::move(inMyThread), Qt::QueuedConnection);
}

void EngineController::postUnlessOvertaken(std::uint64_t generation, std::function<void()> announce)
{
    post([this, generation, announce = std::move(announce)] {
        if (generation == m_generation)
            announce();
    });
}

void EngineController::postResult(std::uint64_t generation, std::function<void()> announce)
{
    postUnlessOvertaken(generation, [this, announce = std::move(announce)] {
        setBusy(false);
        announce();
    });
}

void EngineController::setBusy(bool busy)
{
    if (busy == m_busy)
        return;
    m_busy = busy;
    emit busyChanged(busy);
}

} // namespace ocellus
