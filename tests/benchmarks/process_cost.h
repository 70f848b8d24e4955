// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace ocellus {

/// Of all threads.
inline double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Processor time of all threads.
template <typename Work>
double secondsOf(Work work)
{
    const double begin = processorSeconds();
    work();
    return processorSeconds() - begin;
}

/// Of /proc/self/status, in MB; 0 where there is none.
inline double statusMegabytes(const std::string& key)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(key))
            return std::atof(line.c_str() + key.size()) / 1024;
    return 0;
}

/// Resident memory before, and from here on the peak is counted anew.
inline double memoryNow()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
    std::ofstream("/proc/self/clear_refs") << "5";
    return statusMegabytes("VmRSS:");
}

} // namespace ocellus
