// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <c10/util/intrusive_ptr.h>

#include "core/train/rank_environment.h"

namespace c10d {
class Store;
}

namespace ocellus {

/// Tells ranks that are slow from ranks that are gone: each gives a sign of life through the shared store every few
/// seconds, whatever its training thread is busy with. Rank 0 watches all, the others watch rank 0 and what it found.
class Heartbeat {
public:
    /// Starts a thread.
    Heartbeat(c10::intrusive_ptr<c10d::Store> store, const RankEnvironment& environment);

    /// Which rank is gone and how that showed, or nothing while all live. Asks nobody: as old as the last sign.
    std::string failure() const;
    /// Asks the store at once, for a sentence that another rank left there; else as failure().
    std::string failureNow();

    /// Leaves a sentence for the other ranks; the first one stays.
    void announce(const std::string& sentence);

private:
    /// What a watched rank showed, and when it last was new.
    struct Sign {
        int rank;
        std::int64_t count;
        std::chrono::steady_clock::time_point seen;
    };

    void run(const std::stop_token& stop);
    void beat();
    void look();
    void found(const std::string& sentence);

    c10::intrusive_ptr<c10d::Store> m_store;
    RankEnvironment m_environment;
    std::vector<Sign> m_signs;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::string m_failure;
    std::jthread m_thread; // last: it uses the others
};

} // namespace ocellus
