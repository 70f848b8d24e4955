// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace ocellus {

/// Turns the first SIGINT or SIGTERM into a stop request, so that work ends between two steps with its files whole; a
/// second one ends the program at once. To be created before any other thread, which inherit the blocked signals.
class InterruptWatcher {
public:
    InterruptWatcher();
    ~InterruptWatcher();
    InterruptWatcher(const InterruptWatcher&) = delete;
    InterruptWatcher& operator=(const InterruptWatcher&) = delete;

    std::stop_token stopToken() const { return m_stop.get_token(); }

    /// 0 as long as nothing came.
    int signalNumber() const { return m_signal; }

private:
    void watch();

    std::stop_source m_stop;
    std::atomic<int> m_signal = 0;
    std::thread m_thread;
};

} // namespace ocellus
