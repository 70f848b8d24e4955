// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/epoch_order.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/random.h"

namespace ocellus {

std::vector<std::vector<std::size_t>> epochBatches(std::size_t pictures, int batchSize, std::uint64_t seed, int epoch)
{
    if (batchSize < 1)
        throw Error(ErrorCode::BadArgument, "batch size", "expected at least 1, got " + std::to_string(batchSize));
    if (pictures > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw Error(ErrorCode::TooLarge, "training set", "expected fewer than 2^31 pictures");

    std::vector<std::size_t> order(pictures);
    std::iota(order.begin(), order.end(), std::size_t{0});
    RandomStream random{seed, static_cast<std::uint64_t>(epoch)};
    for (std::size_t left = pictures; left > 1; --left)
        std::swap(order[left - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(left)))]);

    std::vector<std::vector<std::size_t>> batches;
    const auto size = static_cast<std::size_t>(batchSize);
    for (std::size_t begin = 0; begin < pictures; begin += size) {
        const std::span batch = std::span(order).subspan(begin, std::min(size, pictures - begin));
        batches.emplace_back(batch.begin(), batch.end());
    }
    return batches;
}

std::span<const std::size_t> shareOf(std::span<const std::size_t> batch, int rank, int ranks)
{
    if (rank < 0 || rank >= ranks)
        throw Error(ErrorCode::BadArgument, "rank",
                    "expected 0 <= rank < ranks, got rank " + std::to_string(rank) + " of " + std::to_string(ranks));
    const auto borderBefore = [&](int r) {
        return batch.size() * static_cast<std::size_t>(r) / static_cast<std::size_t>(ranks);
    };
    const std::size_t begin = borderBefore(rank);
    return batch.subspan(begin, borderBefore(rank + 1) - begin);
}

} // namespace ocellus
