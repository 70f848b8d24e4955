// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/pictures_at_a_time.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <limits>
#include <string>
#include <thread>

namespace ocellus {

namespace {

constexpr std::size_t ofGpu = 4;

/// More than any of the models that are known needs beyond its weights: ResNet-50 at 800x1200 takes 0.7 GB.
std::uint64_t bytesOfPicture(const PreprocessOptions& preprocess, int classes)
{
    constexpr std::uint64_t ofPixel = 1 << 10, ofClass = 64 << 10, besides = 64 << 20;
    const auto side = [](int pixels) { return static_cast<std::uint64_t>(pixels); };
    const std::uint64_t pixels = preprocess.fixedSide > 0  ? side(preprocess.fixedSide) * side(preprocess.fixedSide)
                                 : preprocess.cropSide > 0 ? side(preprocess.cropSide) * side(preprocess.cropSide)
                                                           : side(preprocess.shortSide) * side(preprocess.longSide);
    return ofPixel * pixels + ofClass * static_cast<std::uint64_t>(classes) + besides;
}

/// What the system could give without swapping; all there is where it does not tell.
std::uint64_t freeBytes()
{
    std::ifstream file("/proc/meminfo");
    for (std::string word; file >> word;)
        if (std::uint64_t kilobytes = 0; word == "MemAvailable:" && file >> kilobytes)
            return kilobytes << 10;
    return std::numeric_limits<std::uint64_t>::max();
}

} // namespace

std::size_t picturesAtATime(const EngineOptions& asked, const Engine& engine, const PreprocessOptions& preprocess)
{
    const std::size_t threads =
        asked.threads > 0 ? static_cast<std::size_t>(asked.threads) : std::max(1U, std::thread::hardware_concurrency());
    if (engine.picturesAtOnce() > 1)
        return std::min(threads, ofGpu);
    const std::uint64_t fitting = freeBytes() / bytesOfPicture(preprocess, engine.model()->offer.classes);
    return std::clamp<std::uint64_t>(fitting, 1, threads);
}

} // namespace ocellus
