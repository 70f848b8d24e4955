// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace ocellus {

/// A class's heads in the order of what it costs to blur them, one after the other (Prompt-CAM, arXiv 2501.09333).
struct BlurredHeads {
    std::vector<int> order;            ///< most important first: it was blurred last
    std::vector<double> probabilities; ///< of the class after each blur, in the order of blurring
};

/// Of each head, from 1: its place in the order.
inline std::vector<int> ranksOf(const BlurredHeads& heads)
{
    std::vector<int> ranks(heads.order.size());
    for (std::size_t place = 0; place < heads.order.size(); ++place)
        ranks[static_cast<std::size_t>(heads.order[place])] = static_cast<int>(place) + 1;
    return ranks;
}

} // namespace ocellus
