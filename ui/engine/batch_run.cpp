// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/batch_run.h"

#include <utility>

namespace ocellus {

BatchRun::BatchRun(EngineController& controller, QObject* parent) : QObject(parent), m_controller(controller)
{
    connect(&controller, &EngineController::backgroundCleared, this, &BatchRun::cancel);
}

BatchRun::~BatchRun() = default;

void BatchRun::start(std::vector<EngineUnit> units)
{
    cancel();
    m_done = 0;
    m_total = static_cast<int>(units.size());
    m_batch = std::make_shared<Batch>();
    emit started(m_total);
    if (units.empty()) {
        m_batch.reset();
        emit finished();
        return;
    }
    const std::weak_ptr<Batch> batch = m_batch;
    for (EngineUnit& unit : units) {
        m_controller.runInBackground(
            [this, batch, stop = m_batch->stop.get_token(),
             unit = std::move(unit)](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
                if (stop.stop_requested())
                    return [] {};
                std::stop_source either;
                const auto stopEither = [&either] { either.request_stop(); };
                const std::stop_callback byQueue(progress.stopToken(), stopEither);
                const std::stop_callback byBatch(stop, stopEither);
                return [this, batch, deliver = unit(worker, Progress(either.get_token()))] {
                    if (batch.expired())
                        return;
                    deliver();
                    // What is delivered may cancel the batch.
                    if (!batch.expired())
                        count();
                };
            },
            [this, batch](const Failure& failure) {
                if (batch.expired())
                    return;
                emit failed(failure);
                if (!batch.expired())
                    count();
            });
    }
}

void BatchRun::cancel()
{
    if (!m_batch)
        return;
    m_batch.reset();
    emit cancelled();
}

void BatchRun::count()
{
    emit progressed(++m_done, m_total);
    if (m_done < m_total)
        return;
    m_batch.reset();
    emit finished();
}

} // namespace ocellus
