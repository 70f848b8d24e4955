// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/device.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <thread>

#include "core/base/error.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// A core: the reference BLAS reaches 1 to 3 GFLOP/s, every optimised one well over 20.
constexpr double slowestGigaflopsOfFastBlas = 8;

int threadCount(const EngineOptions& options)
{
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    return options.threads > 0 ? std::min(options.threads, 4 * cores) : cores;
}

int cudaDevices()
{
    if (!c10::impl::hasDeviceGuardImpl(c10::DeviceType::CUDA))
        return 0;
    return c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount();
}

at::Device parseDevice(const std::string& name)
{
    const int count = cudaDevices();
    const bool haveCuda = count > 0;
    if (name == "cpu" || (name == "auto" && !haveCuda))
        return at::kCPU;
    int index = 0;
    if (name.starts_with("cuda:")) {
        const char* end = name.data() + name.size();
        const auto [rest, failure] = std::from_chars(name.data() + 5, end, index);
        if (failure != std::errc() || rest != end || index < 0 || index > 127)
            throw Error(ErrorCode::BadArgument, "device", "expected a number after cuda:, got " + name);
    } else if (name != "cuda" && name != "auto") {
        throw Error(ErrorCode::BadArgument, "device", "expected auto, cpu, cuda or cuda:N, got " + name);
    }
    if (!haveCuda)
        throw Error(ErrorCode::Device, name, "expected a CUDA device, LibTorch finds none",
                    "Choose the device cpu or auto");
    if (index >= count)
        throw Error(ErrorCode::Device, name, "expected a device from cuda:0 to cuda:" + std::to_string(count - 1));
    return {at::kCUDA, static_cast<c10::DeviceIndex>(index)};
}

double measureGigaflops(const Compute& compute)
{
    constexpr int side = 256;
    const at::Tensor a = at::ones({side, side}, at::TensorOptions(compute.device).dtype(compute.type));
    double best = 0;
    // The best of many, for up to a tenth of a second: on a busy machine most of them are interrupted.
    const auto start = std::chrono::steady_clock::now();
    for (int repeat = 0; repeat < 40; ++repeat) {
        const auto begin = std::chrono::steady_clock::now();
        if (begin - start > std::chrono::milliseconds(100))
            break;
        at::mm(a, a)[0][0].item<float>(); // reading a value waits for the device
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
        best = std::max(best, 2.0 * side * side * side / seconds.count() / 1e9);
    }
    return best;
}

/// In this thread's own time: a busy machine makes every BLAS look slow by the clock.
bool isReferenceBlas()
{
    constexpr int side = 64; // too small for several threads
    constexpr int products = 20;
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    };
    const at::Tensor a = at::ones({side, side});
    double best = 0;
    for (int repeat = 0; repeat < 5; ++repeat) {
        const double begin = now();
        for (int product = 0; product < products; ++product)
            at::mm(a, a);
        best = std::max(best, products * 2.0 * side * side * side / (now() - begin) / 1e9);
    }
    return best < slowestGigaflopsOfFastBlas;
}

} // namespace

void useThreads(const EngineOptions& options)
{
    const int threads = threadCount(options);
    if (at::get_num_threads() != threads) // setting it makes another of LibTorch's pools anew, which costs threads
        at::set_num_threads(threads);
}

Compute chooseCompute(const EngineOptions& options)
{
    useThreads(options);
    Compute compute;
    compute.device = parseDevice(options.device);
    const bool cuda = compute.device.is_cuda();
    at::globalContext().setAllowTF32CuBLAS(cuda && options.tf32);
    at::globalContext().setAllowTF32CuDNN(cuda && options.tf32);
    compute.type = cuda && options.half ? at::kHalf : at::kFloat;
    return compute;
}

DeviceReport reportDevice(const EngineOptions& options, const Compute& compute)
{
    DeviceReport report;
    report.precision.device = compute.device.str();
    if (compute.device.is_cuda()) {
        report.precision.tf32 = options.tf32;
        report.precision.half = options.half;
    }
    report.threads = at::get_num_threads();
    report.gigaflops = measureGigaflops(compute);
    if (compute.device.is_cpu()) {
        report.name = "CPU, " + std::to_string(report.threads) + (report.threads == 1 ? " thread" : " threads");
        report.slowBlas = isReferenceBlas();
    } else {
        report.name = compute.device.str();
        if (report.precision.tf32)
            report.name += ", TF32";
        if (report.precision.half)
            report.name += ", half precision";
    }
    return report;
}

} // namespace ocellus
