// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/pace_estimate.h"

#include <algorithm>

namespace ocellus {

namespace {

constexpr int Least = 3;        // tasks that say something
constexpr double Newest = 0.15; // weight of the newest: the pace follows the machine within some twenty

} // namespace

void PaceEstimate::note(int done, int total, bool isRunning, std::int64_t now)
{
    if (m_running)
        m_since += static_cast<double>(std::max<std::int64_t>(now - m_last, 0));
    m_last = now;
    if (done < m_done) {
        m_measured = 0;
        m_since = 0;
    } else if (const int finished = done - m_done; finished > 0) {
        const double pace = m_since / finished;
        m_pace = m_measured == 0 ? pace : m_pace + Newest * (pace - m_pace);
        m_measured += finished;
        m_since = 0;
    }
    m_done = done;
    m_total = total;
    m_running = isRunning;
}

std::optional<double> PaceEstimate::secondsLeft() const
{
    if (m_measured < Least || m_total <= m_done)
        return {};
    return m_pace * (m_total - m_done) / 1000;
}

} // namespace ocellus
