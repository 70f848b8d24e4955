// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/latest_wins_queue.h"

#include <algorithm>
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
    m_backgroundWaits = false;
    m_runningStop.request_stop();
    m_changed.notify_all();
}

void LatestWinsQueue::addBackground(Job job, Wait wait)
{
    const std::lock_guard lock(m_mutex);
    m_background.insert(wait == Wait::Awaited ? firstIdle() : m_background.end(), {std::move(job), wait});
    m_changed.notify_all();
}

void LatestWinsQueue::cancelRequest(Rest rest)
{
    const std::lock_guard lock(m_mutex);
    m_pending = nullptr;
    m_backgroundWaits = rest == Rest::Waits;
    if (m_running == Running::Request)
        m_runningStop.request_stop();
}

void LatestWinsQueue::clearBackground()
{
    const std::lock_guard lock(m_mutex);
    m_background.clear();
    if (m_running == Running::Background)
        dropRunning();
}

void LatestWinsQueue::clearIdle()
{
    const std::lock_guard lock(m_mutex);
    m_background.erase(firstIdle(), m_background.end());
    if (m_running == Running::Background && m_runningWait == Wait::Idle)
        dropRunning();
}

void LatestWinsQueue::dropRunning()
{
    m_runningDropped = true;
    m_runningStop.request_stop();
}

bool LatestWinsQueue::takeNext(const std::stop_token& quit, Job& job)
{
    std::unique_lock lock(m_mutex);
    const auto hasNext = [this] { return m_pending || (!m_background.empty() && !m_backgroundWaits); };
    if (!m_changed.wait(lock, quit, hasNext))
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
        job = std::move(m_background.front().job);
        m_runningWait = m_background.front().wait;
        m_background.pop_front();
        m_running = Running::Background;
    }
    return true;
}

std::deque<LatestWinsQueue::Background>::iterator LatestWinsQueue::firstIdle()
{
    return std::ranges::find(m_background, Wait::Idle, &Background::wait);
}

void LatestWinsQueue::putBack(Job job)
{
    const auto place = m_runningWait == Wait::Awaited ? m_background.begin() : firstIdle();
    m_background.insert(place, {std::move(job), m_runningWait});
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
            putBack(std::move(job));
        m_running = Running::Nothing;
        job = nullptr;
    }
}

} // namespace ocellus
