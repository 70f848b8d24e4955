// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace ocellus {

/// Runs jobs on one thread of its own: all of them, in the order in which they were given. Safe to call from any
/// thread.
class SerialThread {
public:
    using Job = std::function<void()>; ///< must not throw

    /// `afterwards` runs on the thread too, at the latest `delay` after a job has run, once for all jobs up to then.
    SerialThread(std::chrono::milliseconds delay, Job afterwards);
    /// Runs what is left.
    ~SerialThread();
    SerialThread(const SerialThread&) = delete;
    SerialThread& operator=(const SerialThread&) = delete;

    void add(Job job);
    /// Waits until all that was added before has run.
    void wait();

private:
    using Clock = std::chrono::steady_clock;

    void run();

    std::chrono::milliseconds m_delay;
    Job m_afterwards;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Job> m_jobs;
    bool m_ending = false;
    std::thread m_thread; // last: it starts when all the rest is there
};

} // namespace ocellus
