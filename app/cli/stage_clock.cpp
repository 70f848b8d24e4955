// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stage_clock.h"

#include <utility>

namespace ocellus {

Progress StageClock::progress(std::stop_token stop)
{
    return Progress(std::move(stop), [this](Stage stage, double) {
        const Clock::time_point now = Clock::now();
        m_spans.try_emplace(stage, Span{now, now}).first->second.end = now;
    });
}

double StageClock::milliseconds(Stage stage) const
{
    const auto span = m_spans.find(stage);
    if (span == m_spans.end())
        return 0;
    return std::chrono::duration<double, std::milli>(span->second.end - span->second.begin).count();
}

} // namespace ocellus
