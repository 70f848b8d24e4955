// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/latest_wins_queue.h"

#include <utility>

namespace ocellus {

LatestWinsQueue::LatestWinsQueue() : m_thread([this](const std::stop_token& quit) { run(quit); }) {}

LatestWinsQueue::~LatestWinsQueue()
{
    m_thread.request_stop();
    {
        const std::lock_guard lock(m_mutex);
        m_runningStop.request_stop();
    }
    m_thread.join();
}

void LatestWinsQueue::request(Job job)
{
    const std::lock_guard lock(m_mutex);
    m_pending = std::move(job);
    m_runningStop.request_stop();
    m_changed.notify_all();
}

void LatestWinsQueue::addBackground(Job job)
{
    const std::lock_guard lock(m_mutex);
    m_background.push_back(std::move(job));
    m_changed.notify_all();
}

void LatestWinsQueue::cancelRequest()
{
    const std::lock_guard lock(m_mutex);
    m_pending = nullptr;
    if (m_running == Running::Request)
        m_runningStop.request_stop();
}

void LatestWinsQueue::clearBackground()
{
    const std::lock_guard lock(m_mutex);
    m_background.clear();
    if (m_running == Running::Background) {
        m_runningDropped = true;
        m_runningStop.request_stop();
    }
}

bool LatestWinsQueue::takeNext(const std::stop_token& quit, Job& job)
{
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait(lock, quit, [this] { return m_pending || !m_background.empty(); }))
        return false;
    // The predicate can hold while quitting: then nothing new is begun.
    if (quit.stop_requested())
        return false;
    m_runningStop = std::stop_source();
    m_runningDropped = false;
    if (m_pending) {
        job = std::exchange(m_pending, nullptr);
        m_running = Running::Request;
    } else {
        job = std::move(m_background.front());
        m_background.pop_front();
        m_running = Running::Background;
    }
    return true;
}

void LatestWinsQueue::run(const std::stop_token& quit)
{
    Job job;
    while (takeNext(quit, job)) {
        std::stop_token stop;
        {
            const std::lock_guard lock(m_mutex);
            stop = m_runningStop.get_token();
        }
        const bool finished = job(stop);
        const std::lock_guard lock(m_mutex);
        if (!finished && m_running == Running::Background && !m_runningDropped)
            m_background.push_front(std::move(job));
        m_running = Running::Nothing;
        job = nullptr;
    }
}

} // namespace ocellus
