// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace ocellus {

/// How long steps take, for the time that is left.
class Pace {
public:
    void begin() { m_begin = Clock::now(); }

    /// Since begin().
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_begin).count(); }

    /// Ends what began; the mean forgets slowly, because a laptop slows down and recovers.
    void end()
    {
        const double last = seconds();
        m_mean = m_mean == 0 ? last : m_mean + (last - m_mean) / 20;
    }

    /// Seconds, 0 before the first.
    double mean() const { return m_mean; }

private:
    using Clock = std::chrono::steady_clock;

    Clock::time_point m_begin = Clock::now();
    double m_mean = 0;
};

} // namespace ocellus
