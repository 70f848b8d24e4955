// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <semaphore>
#include <utility>

#include "core/base/serial_thread.h"

namespace ocellus {

/// Runs jobs behind the one that gives them, in their order, on one thread of its own; who gives them waits while too
/// many wait.
class WriteBehind {
public:
    using Job = SerialThread::Job; ///< must not throw

    /// At most `most` jobs (at least 1) wait or run.
    explicit WriteBehind(std::size_t most)
        : m_room(static_cast<std::ptrdiff_t>(most)),
          m_thread(std::chrono::hours(1), [] {})
    {
    }

    void add(Job job)
    {
        m_room.acquire();
        m_thread.add([this, job = std::make_shared<Job>(std::move(job))] {
            (*job)();
            *job = nullptr; // what it holds goes before the next one comes
            m_room.release();
        });
    }

    /// Waits until all that was added has run; so does the destructor.
    void wait() { m_thread.wait(); }

private:
    std::counting_semaphore<> m_room;
    SerialThread m_thread; // last: it ends before what it uses
};

} // namespace ocellus
