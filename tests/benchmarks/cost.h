// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <sys/resource.h>

namespace ocellus {

/// Of one try, in milliseconds. On a machine with other work the processor's time says more.
struct Cost {
    double wall = 0;
    double processor = 0;
};

inline double processorMilliseconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

template <typename Work>
Cost costOf(Work work)
{
    const double processor = processorMilliseconds();
    const auto begin = std::chrono::steady_clock::now();
    work();
    return {std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count(),
            processorMilliseconds() - processor};
}

} // namespace ocellus
