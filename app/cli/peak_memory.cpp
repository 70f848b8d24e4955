// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/peak_memory.h"

#include <sys/resource.h>

namespace ocellus {

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

} // namespace ocellus
