// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start/openmp_wait_policy.h"

#include <cstdlib>

#ifdef __linux__
#include <unistd.h>
#endif

namespace ocellus {

void restartWithShortSpin([[maybe_unused]] char** argv)
{
#ifdef __linux__
    if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT"))
        return;
    setenv("GOMP_SPINCOUNT", "1000", 0);
    execv("/proc/self/exe", argv);
#endif
}

} // namespace ocellus
