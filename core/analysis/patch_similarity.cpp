// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/patch_similarity.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"

namespace ocellus {

std::vector<float> similarityTo(std::size_t cell, std::span<const float> tokens, std::size_t cells)
{
    if (cell >= cells)
        throw Error(ErrorCode::BadArgument, "cell",
                    "expected one of " + std::to_string(cells) + " cells, got " + std::to_string(cell));
    if (tokens.size() % cells != 0)
        throw Error(ErrorCode::Mismatch, "tokens",
                    "expected a multiple of " + std::to_string(cells) + " values, got " +
                        std::to_string(tokens.size()));
    std::vector<double> products(cells), squares(cells);
    for (std::size_t channel = 0; channel < tokens.size() / cells; ++channel) {
        const std::span<const float> values = tokens.subspan(channel * cells, cells);
        const auto own = static_cast<double>(values[cell]);
        for (std::size_t other = 0; other < cells; ++other) {
            const auto value = static_cast<double>(values[other]);
            products[other] += own * value;
            squares[other] += value * value;
        }
    }
    std::vector<float> cosines(cells);
    for (std::size_t other = 0; other < cells; ++other) {
        const double lengths = std::sqrt(squares[cell] * squares[other]);
        // Rounding leaves the range by an epsilon.
        cosines[other] = lengths > 0 ? static_cast<float>(std::clamp(products[other] / lengths, -1.0, 1.0)) : 0.0F;
    }
    return cosines;
}

} // namespace ocellus
