// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace ocellus {

/// A class's heads in the order of what it costs to blur them, one after the other (Prompt-CAM, arXiv 2501.09333).
struct BlurredHeads {
    std::vector<int> order;            ///< most important first: it was blurred last
    std::vector<double> probabilities; ///< of the class after each blur, in the order of blurring
};

} // namespace ocellus
