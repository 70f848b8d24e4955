// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace ocellus {

/// How long many small tasks of one kind will go on, by how long the last ones took. Reads no clock.
class PaceEstimate {
public:
    /// To be told whenever one is done and whenever the work stops or goes on. `now` in milliseconds of any clock that
    /// does not go back; fewer done than before is other work, of which nothing is known yet.
    void note(int done, int total, bool isRunning, std::int64_t now);

    /// Nothing before a few were done.
    std::optional<double> secondsLeft() const;

private:
    int m_done = 0;
    int m_total = 0;
    int m_measured = 0; ///< tasks whose time went into the pace
    double m_pace = 0;  ///< milliseconds a task
    double m_since = 0; ///< milliseconds of work since the last one was done
    bool m_running = false;
    std::int64_t m_last = 0;
};

} // namespace ocellus
