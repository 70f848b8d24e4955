// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <stop_token>

#include "core/base/progress.h"

namespace ocellus {

/// Wall-clock time of the engine's stages, taken from its reports: a stage lasts from its 0 to its 1.
class StageClock {
public:
    /// Reports into this clock; must not outlive it.
    Progress progress(std::stop_token stop);

    /// 0 for a stage that was never reported.
    double milliseconds(Stage stage) const;

private:
    using Clock = std::chrono::steady_clock;

    struct Span {
        Clock::time_point begin;
        Clock::time_point end;
    };

    std::map<Stage, Span> m_spans;
};

} // namespace ocellus
