// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace ocellus {

/// How long steps take, for the time that is left.
class Pace {
public:
    void begin() { m_begin = Clock::now(); }

    /// Ends what began and returns its seconds; the mean forgets slowly, because a laptop slows down and recovers.
    double end()
    {
        const double last = std::chrono::duration<double>(Clock::now() - m_begin).count();
        m_mean = m_mean == 0 ? last : m_mean + (last - m_mean) / 20;
        return last;
    }

    /// Seconds, 0 before the first.
    double mean() const { return m_mean; }

private:
    using Clock = std::chrono::steady_clock;

    Clock::time_point m_begin = Clock::now();
    double m_mean = 0;
};

} // namespace ocellus
