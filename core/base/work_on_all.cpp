// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/work_on_all.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace ocellus {

namespace {

/// A picture of the largest size that is decoded takes more than a gigabyte in each.
constexpr std::size_t mostThreads = 8;

} // namespace

void workOnAll(std::size_t count, const std::function<void(std::size_t)>& work, Stage stage, const Progress& progress)
{
    std::atomic<std::size_t> taken{0};
    std::atomic<std::size_t> done{0};
    const auto workOnOne = [&] {
        const std::size_t i = taken++;
        if (i >= count)
            return false;
        work(i);
        ++done;
        return true;
    };
    {
        std::vector<std::jthread> helpers; // stopped and waited for also where progress throws
        const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), mostThreads);
        for (std::size_t i = 1; i < std::min(threads, count); ++i)
            helpers.emplace_back([&workOnOne](const std::stop_token& stop) {
                while (!stop.stop_requested() && workOnOne())
                    ;
            });
        do
            progress.at(stage, static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(count, 1)));
        while (workOnOne());
        for (std::jthread& helper : helpers)
            helper.join();
    }
    progress.at(stage, 1);
}

} // namespace ocellus
