// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace ocellus {

/// What a ProtoTree says about a picture besides the class's scores, which are those of all leaves together.
struct TreeAnswer {
    struct Node {
        int index = 0;      ///< as the released figures name it
        double reached = 0; ///< probability that the picture comes here
    };

    std::vector<Node> nodes;   ///< in the order of TreeConfig::nodes
    std::vector<int> path;     ///< indices from the root to a leaf, right where a prototype's presence is above 0.5
    std::vector<float> greedy; ///< [C] the distribution of that leaf
    int best = 0;              ///< index of the leaf that is reached most probably
    std::vector<float> bestDistribution; ///< [C]
};

} // namespace ocellus
