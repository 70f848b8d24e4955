// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>

#include "core/model/convolution.h"
#include "core/model/torch_headers.h"
#include "tests/model/test_device.h"

namespace ocellus {

/// Prints and tells whether no value differs by more than `tolerance`.
inline bool compare(const char* what, const at::Tensor& got, const at::Tensor& expected, double tolerance)
{
    const at::Tensor host = got.to(at::kCPU, at::kFloat);
    if (host.sizes() != expected.sizes()) {
        std::printf("  %-12s shape differs\n", what);
        return false;
    }
    const double difference = (host - expected).abs().max().item<double>();
    const bool good = difference <= tolerance; // false for NaN
    std::printf("  %-12s %.2e (at most %.0e) %s\n", what, difference, tolerance, good ? "ok" : "FAILED");
    return good;
}

inline bool check(bool good, const char* what)
{
    std::printf("  %-12s %s\n", what, good ? "equal, ok" : "FAILED");
    return good;
}

/// What main() of a program that compares with the oracle does: `run` on each file of the folders that it is given,
/// which counts its cases and tells whether all are good. Returns an exit code: without a case it is no success.
inline int runParity(int argc, char** argv,
                     const std::function<bool(const std::filesystem::path& file, const Compute&, int& cases)>& run)
{
    try {
        Compute compute;
        compute.device = testDevice();
        int failed = 0;
        int cases = 0;
        for (int i = 1; i < argc; ++i)
            for (const auto& entry : std::filesystem::directory_iterator(argv[i]))
                if (entry.path().extension() == ".safetensors")
                    failed += run(entry.path(), compute, cases) ? 0 : 1;
        std::printf("%d cases, %d failed\n", cases, failed);
        return cases > 0 && failed == 0 ? 0 : 1;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

} // namespace ocellus
