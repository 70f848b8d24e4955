// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace ocellus {

/// What the maps of a decoding come from: each is made when it is asked for. Immutable: any thread may ask.
///
/// Layers, heads and computed queries are counted from 0 and checked by whoever asks.
class MapSource {
public:
    /// What of a map's weight goes to tokens that are no patches, each from 0 to 1.
    struct Shares {
        double prompts = 0; ///< other class prompts and its own
        double prefix = 0;  ///< [CLS], a distillation token, registers
    };

    virtual ~MapSource() = default;

    /// Scores over the N cells before the softmax.
    virtual std::vector<float> scores(int layer, int head, int query) const = 0;
    /// Their softmax, over the cells alone or over all tokens that there are.
    virtual std::vector<float> attention(int layer, int head, int query) const = 0;

    /// Nothing where a map's sum is 1.
    virtual Shares shares(int /*layer*/, int /*head*/, int /*query*/) const { return {}; }

    virtual std::size_t bytes() const = 0; ///< what it holds in memory, and may share
};

} // namespace ocellus
