// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace ocellus {

/// What a ProtoTree says about a picture besides the class's scores, which are those of all leaves together.
struct TreeAnswer {
    struct Node {
        int index = 0;      ///< as the released figures name it
        double reached = 0; ///< probability that the picture comes here
        int left = -1;      ///< places in `nodes`, behind this one; -1 in a leaf
        int right = -1;
        int prototype = -1;   ///< of a branch
        double presence = 0;  ///< of a branch: how alike the prototype is to the place where it is found, in (0, 1]:
                              ///< the probability that the picture goes right
        int cell = -1;        ///< of a branch: that place, row by row on the grid of the maps
        int leafClass = -1;   ///< of a leaf: the class that it says most
        double leafShare = 0; ///< the probability that it gives that class

        bool isLeaf() const { return left < 0; }
    };

    std::vector<Node> nodes;   ///< in the order of TreeConfig::nodes
    std::vector<int> path;     ///< indices from the root to a leaf, right where a prototype's presence is above 0.5
    std::vector<float> greedy; ///< [C] the distribution of that leaf
    int best = 0;              ///< index of the leaf that is reached most probably
    std::vector<float> bestDistribution; ///< [C]
};

} // namespace ocellus
