// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/serial_thread.h"

#include <future>
#include <utility>

namespace ocellus {

SerialThread::SerialThread(std::chrono::milliseconds delay, Job afterwards)
    : m_delay(delay),
      m_afterwards(std::move(afterwards)),
      m_thread([this] { run(); })
{
}

SerialThread::~SerialThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_changed.notify_one();
    }
    m_thread.join();
}

void SerialThread::add(Job job)
{
    const std::lock_guard lock(m_mutex);
    m_jobs.push_back(std::move(job));
    m_changed.notify_one();
}

void SerialThread::wait()
{
    std::promise<void> reached;
    add([&reached] { reached.set_value(); });
    reached.get_future().wait();
}

void SerialThread::run()
{
    // Of what comes afterwards.
    bool isDue = false;
    Clock::time_point due;
    std::unique_lock lock(m_mutex);
    while (true) {
        const auto isNeeded = [this] { return m_ending || !m_jobs.empty(); };
        if (isDue)
            m_changed.wait_until(lock, due, isNeeded);
        else
            m_changed.wait(lock, isNeeded);
        if (m_jobs.empty() && m_ending)
            return;
        Job job;
        if (!m_jobs.empty()) {
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        lock.unlock();
        if (job) {
            job();
            job = nullptr; // what it holds goes before the lock is taken
            if (!std::exchange(isDue, true))
                due = Clock::now() + m_delay;
        }
        if (isDue && Clock::now() >= due) {
            m_afterwards();
            isDue = false;
        }
        lock.lock();
    }
}

} // namespace ocellus
