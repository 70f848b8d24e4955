// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start/blas_kernels.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#if defined(__linux__) && defined(__x86_64__)
#include <dlfcn.h>
#endif

namespace ocellus {

#if defined(__linux__) && defined(__x86_64__)

namespace {

/// Of a library that may not be there; none of them is in a header of OpenBLAS, all are in its dynamic builds.
template <typename Function>
Function* symbol(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

/// As openblas_get_corename() calls them.
bool isOlderThanAvx(std::string_view core)
{
    constexpr std::array<std::string_view, 15> older{"Katmai",  "Coppermine",   "Northwood",  "Prescott", "Banias",
                                                     "Core2",   "Penryn",       "Dunnington", "Nehalem",  "Athlon",
                                                     "Opteron", "Opteron_SSE3", "Barcelona",  "Bobcat",   "Atom"};
    return std::ranges::find(older, core) != older.end();
}

/// Kernels for the instructions that processor and system have, or null.
const char* fittingCore()
{
    const bool has512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
                        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                        __builtin_cpu_supports("avx512vl");
    if (has512)
        return "SKYLAKEX";
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? "HASWELL" : nullptr;
}

} // namespace

#endif

void useFittingBlasKernels()
{
#if defined(__linux__) && defined(__x86_64__)
    auto* const coreName = symbol<char*()>("openblas_get_corename");
    auto* const letGo = symbol<void()>("gotoblas_dynamic_quit");
    auto* const choose = symbol<void()>("gotoblas_dynamic_init");
    const char* const core = fittingCore();
    if (std::getenv("OPENBLAS_CORETYPE") || !coreName || !letGo || !choose || !core || !isOlderThanAvx(coreName()))
        return;
    setenv("OPENBLAS_CORETYPE", core, 0);
    letGo();
    choose();
#endif
}

} // namespace ocellus
