// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocellus {

/// "What looks like this?": the cosine of each cell's token with that of `cell`, -1 to 1, [N]; 1 for the cell itself,
/// and 0 for a token of zeros. `tokens` [D, N], as Encoding::memory() gives them.
///
/// Throws Error: BadArgument for a cell outside N, Mismatch where N does not divide the tokens.
std::vector<float> similarityTo(std::size_t cell, std::span<const float> tokens, std::size_t cells);

} // namespace ocellus
