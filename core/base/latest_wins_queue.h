// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace ocellus {

/// Runs jobs on one thread of its own: the newest request wins, background jobs fill the time between requests.
///
/// A new request takes the place of the one that waits and asks the one that runs to stop. A background job that a
/// request interrupts goes back to the head of its kind and is run again later. Safe to call from any thread.
class LatestWinsQueue {
public:
    /// Returns true when the work is finished, false when it gave way to the stop token. Must not throw.
    using Job = std::function<bool(std::stop_token)>;

    LatestWinsQueue();
    /// Asks everything to stop and waits for the job that runs.
    ~LatestWinsQueue();
    LatestWinsQueue(const LatestWinsQueue&) = delete;
    LatestWinsQueue& operator=(const LatestWinsQueue&) = delete;

    /// Whether somebody waits for a background job; those go before what may come at any time.
    enum class Wait { Awaited, Idle };

    void request(Job job);
    void addBackground(Job job, Wait wait = Wait::Idle);

    /// What background jobs do after a cancel: go on, or wait until there is another request.
    enum class Rest { GoesOn, Waits };

    /// Drops the waiting request and stops the running one; background jobs stay.
    void cancelRequest(Rest rest = Rest::GoesOn);
    /// Drops all background jobs and stops the running one.
    void clearBackground();
    /// The same for those that nobody waits for.
    void clearIdle();

private:
    enum class Running { Nothing, Request, Background };

    struct Background {
        Job job;
        Wait wait;
    };

    void run(const std::stop_token& quit);
    bool takeNext(const std::stop_token& quit, Job& job);
    std::deque<Background>::iterator firstIdle();
    void putBack(Job job);
    void dropRunning(); ///< a background job

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    Job m_pending;
    std::deque<Background> m_background; // the awaited ones first
    Running m_running = Running::Nothing;
    Wait m_runningWait = Wait::Idle; // of a background job
    bool m_runningDropped = false;
    bool m_backgroundWaits = false; // for a request
    std::stop_source m_runningStop;
    std::jthread m_thread; // last: it starts when all the rest is there
};

} // namespace ocellus
