// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace ocellus {

/// Which patches of a picture a model went on with, and why (ProtoPFormer, arXiv 2208.10431, section 3.2).
struct KeptTokens {
    std::vector<int> cells;     ///< rising
    std::vector<float> rollout; ///< [N] how much of the class token comes from each patch: the highest ones are kept
};

} // namespace ocellus
