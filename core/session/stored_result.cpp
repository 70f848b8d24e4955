// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/stored_result.h"

#include <algorithm>

namespace ocellus {

StoredResult storedResult(int picture, const EditList& edits, const Decoding& decoding, int classIndex, int layer)
{
    StoredResult result{picture, contentKey(edits), decoding.querySet(), decoding.logits(), classIndex, layer, {}, {}};
    for (int head = 0; head < decoding.extent().heads; ++head) {
        const std::vector<float> weights = decoding.attention(layer, head, classIndex);
        result.peakAttention.push_back(*std::ranges::max_element(weights) * static_cast<float>(weights.size()));
        result.peakScore.push_back(std::ranges::max(decoding.scores(layer, head, classIndex)));
    }
    return result;
}

} // namespace ocellus
