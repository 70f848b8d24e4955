// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/picture_check.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>

#include "core/base/hash.h"
#include "core/image/decode.h"

namespace ocellus {

namespace {

/// A picture of the largest size that is decoded takes more than a gigabyte in each.
constexpr std::size_t mostThreads = 8;

std::optional<Error> check(TrainingPicture& picture)
{
    try {
        picture.size = decodePicture(picture.path).size;
        picture.sha256 = sha256OfFile(picture.path);
        return std::nullopt;
    } catch (const Error& error) {
        return error;
    } catch (const std::exception& failure) {
        return Error(ErrorCode::Unreadable, picture.path.string(), failure.what());
    }
}

} // namespace

std::vector<std::optional<Error>> checkPictures(const std::vector<TrainingPicture*>& pictures, const Progress& progress)
{
    std::vector<std::optional<Error>> errors(pictures.size());
    std::atomic<std::size_t> taken{0};
    std::atomic<std::size_t> done{0};
    const auto checkOne = [&] {
        const std::size_t i = taken++;
        if (i >= pictures.size())
            return false;
        errors[i] = check(*pictures[i]);
        ++done;
        return true;
    };
    {
        std::vector<std::jthread> helpers; // stopped and waited for also where progress throws
        const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), mostThreads);
        for (std::size_t i = 1; i < std::min(threads, pictures.size()); ++i)
            helpers.emplace_back([&checkOne](const std::stop_token& stop) {
                while (!stop.stop_requested() && checkOne())
                    ;
            });
        do
            progress.at(Stage::Read,
                        static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(pictures.size(), 1)));
        while (checkOne());
        for (std::jthread& helper : helpers)
            helper.join();
    }
    progress.at(Stage::Read, 1);
    return errors;
}

} // namespace ocellus
