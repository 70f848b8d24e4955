// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/base/progress.h"
#include "ui/engine/failure.h"
#include "ui/engine/heap_trimmer.h"
#include "ui/engine/view_request.h"
#include "ui/engine/view_result.h"

namespace ocellus {

class EngineWorker;

/// A piece of work between requests: computes on the worker's thread and returns what to do with the result on the
/// controller's. One that a request interrupts runs again from its beginning. May throw Error.
using EngineUnit = std::function<std::function<void()>(EngineWorker&, const Progress&)>;

/// Carries requests to the thread that owns the engine and results back to this object's thread; the newest request
/// wins, and results of older ones are dropped.
///
/// Nothing here waits, the destructor excepted: it stops the worker, which takes as long as a cancel.
class EngineController : public QObject {
    Q_OBJECT

public:
    explicit EngineController(QObject* parent = nullptr);
    ~EngineController() override;

    /// Gives the request its generation and returns it. An unfinished request before it is stopped and forgotten.
    std::uint64_t request(ViewRequest request);

    using Rest = LatestWinsQueue::Rest;

    /// Stops the request on its way. Emits cancelled() at once; the worker follows within a fraction of a second. Where
    /// that request was to open the model that units ask, they wait for the next one.
    void cancel(Rest units = Rest::GoesOn);

    bool isBusy() const { return m_busy; }

    /// Queues a unit behind what request() asks for; `failed` is called on this object's thread for whatever it throws.
    void runInBackground(EngineUnit unit, std::function<void(const Failure&)> failed);
    /// The same behind all of those: work that may come at any time.
    void runWhenIdle(EngineUnit unit, std::function<void(const Failure&)> failed);
    void stopIdle(); ///< what runWhenIdle() was given is dropped
    void clearBackground();

signals:
    void requested(quint64 generation);
    /// An engine was started with these options.
    void deviceReported(const ocellus::EngineOptions& options, const ocellus::DeviceReport& report);
    /// Also when a request that opened the model was overtaken afterwards: the engine holds it.
    void modelOpened(const ocellus::ModelDescription& model);
    /// The picture of a view that is still being computed.
    void pictureReady(const ocellus::ShownPicture& picture);
    /// At half the resolution, while the view itself is being computed.
    void draftReady(const ocellus::ViewResult& result);
    void viewReady(const ocellus::ViewResult& result);
    void progressed(ocellus::Stage stage, double fraction);
    void failed(const ocellus::Failure& failure);
    void cancelled();
    /// Between a request and its result, failure or cancel.
    void busyChanged(bool busy);
    void backgroundCleared();

private:
    bool runRequest(const ViewRequest& request, std::stop_token stop);
    void addUnit(EngineUnit unit, std::function<void(const Failure&)> failed, LatestWinsQueue::Wait wait);
    bool runUnit(const EngineUnit& unit, const std::function<void(const Failure&)>& failed, std::stop_token stop);
    /// Posts `announce`, which is forgotten where a newer request or a cancel comes first.
    void postUnlessOvertaken(std::uint64_t generation, std::function<void()> announce);
    void post(std::function<void()> inMyThread);
    /// Posts `announce` unless a newer request or a cancel comes first.
    void postResult(std::uint64_t generation, std::function<void()> announce);
    void setBusy(bool busy);

    std::uint64_t m_generation = 0; // of the newest request; one more after a cancel
    bool m_busy = false;
    std::unique_ptr<EngineWorker> m_worker; // touched by the queue's thread only
    HeapTrimmer m_heap;                     // the same
    LatestWinsQueue m_queue;                // last: it is gone before anything that its jobs use
};

} // namespace ocellus

Q_DECLARE_METATYPE(ocellus::Stage)
