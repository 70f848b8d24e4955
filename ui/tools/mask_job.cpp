// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/mask_job.h"

#include <utility>

namespace ocellus {

MaskJob::MaskJob(QObject* parent) : QObject(parent) {}

void MaskJob::start(Work work, Take take)
{
    const std::uint64_t number = ++m_number;
    setRunning(true);
    m_queue.request([this, number, work = std::move(work), take = std::move(take)](const std::stop_token& stop) {
        const auto deliver = [this, number](auto&& tell) {
            const auto onArrival = [this, number, tell] {
                if (number != m_number)
                    return;
                setRunning(false);
                tell();
            };
            QMetaObject::invokeMethod(this, onArrival, Qt::QueuedConnection);
        };
        try {
            const Mask mask = work(Progress(stop));
            deliver([take, mask] { take(mask); });
        } catch (...) {
            const Failure failure = failureOf(Step::Edit, std::current_exception());
            deliver([this, failure] {
                if (!failure.isCancelled())
                    emit failed(failure);
            });
        }
        return true;
    });
}

void MaskJob::cancel()
{
    ++m_number;
    m_queue.cancelRequest();
    setRunning(false);
}

void MaskJob::setRunning(bool running)
{
    if (std::exchange(m_running, running) != running)
        emit runningChanged(running);
}

} // namespace ocellus
