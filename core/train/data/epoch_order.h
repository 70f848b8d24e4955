// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ocellus {

/// The global batches of an epoch: a permutation of 0 ... pictures - 1 seeded by (seed, epoch), cut into batches of
/// `batchSize`; the last may be smaller. Throws Error(BadArgument) for a batch size below 1, TooLarge beyond 2^31 - 1
/// pictures.
std::vector<std::vector<std::size_t>> epochBatches(std::size_t pictures, int batchSize, std::uint64_t seed, int epoch);

/// What rank `rank` of `ranks` takes of a global batch: contiguous, without overlap, sizes differing by at most one, so
/// it may be empty. A view into `batch`. Throws Error(BadArgument) where not 0 <= rank < ranks.
std::span<const std::size_t> shareOf(std::span<const std::size_t> batch, int rank, int ranks);

} // namespace ocellus
