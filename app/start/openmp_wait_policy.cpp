// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start/openmp_wait_policy.h"

#include <cstdlib>

#ifdef __linux__
#include <unistd.h>
#endif

namespace ocellus {

#ifdef __linux__

namespace {

// Some 0.2 ms, longer than a thread takes to sleep and wake. Measured with a ResNet-34 on 2 cores: 10 % less time than
// with 1000 on an idle machine, 12 % more where another program takes one core, where 30000 takes twice as long.
char shortSpin[] = "GOMP_SPINCOUNT=5000";

// Runs before the libraries are initialised, a sanitizer's too, and calls nobody.
#define OCELLUS_BEFORE_LIBRARIES                                                                                       \
    __attribute__((no_sanitize("address"), no_sanitize("thread"), no_sanitize("undefined")))

OCELLUS_BEFORE_LIBRARIES bool isOf(const char* entry, const char* name)
{
    while (*name != '\0' && *entry == *name) {
        ++entry;
        ++name;
    }
    return *name == '\0' && *entry == '=';
}

/// Nobody but a shell, or who started us, asks for these.
OCELLUS_BEFORE_LIBRARIES bool isDispensable(const char* entry)
{
    return isOf(entry, "_") || isOf(entry, "OLDPWD") || isOf(entry, "SHLVL") || isOf(entry, "LS_COLORS") ||
           isOf(entry, "LESSOPEN") || isOf(entry, "SYSTEMD_EXEC_PID") || isOf(entry, "MANAGERPID") ||
           isOf(entry, "GIO_LAUNCHED_DESKTOP_FILE_PID");
}

/// The C library will take this very list for the environment; it can be changed but not grow.
OCELLUS_BEFORE_LIBRARIES void shortenSpin(int /*count*/, char** /*arguments*/, char** environment)
{
    char** place = nullptr;
    for (char** entry = environment; *entry; ++entry) {
        if (isOf(*entry, "OMP_WAIT_POLICY") || isOf(*entry, "GOMP_SPINCOUNT"))
            return;
        if (isDispensable(*entry))
            place = entry;
    }
    if (place)
        *place = shortSpin;
}

#undef OCELLUS_BEFORE_LIBRARIES

__attribute__((section(".preinit_array"), used)) void (*const beforeLibraries)(int, char**, char**) = shortenSpin;

} // namespace

#endif

void restartWithShortSpin([[maybe_unused]] char** argv)
{
#ifdef __linux__
    if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT"))
        return;
    putenv(shortSpin);
    execv("/proc/self/exe", argv);
#endif
}

} // namespace ocellus
