// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/model/receptive_field.h"

namespace ocellus {

/// One pass of a picture through a network that remembers how its logits came about, so that they can be differentiated
/// by a grid of the backbone and by the decoder's attention. K channels of a grid of h x w cells; C classes; L decoder
/// layers, R heads, N cells of the backbone's last grid.
class GradientTrace {
public:
    struct State; ///< LibTorch's side

    explicit GradientTrace(std::unique_ptr<State> state);
    ~GradientTrace();

    const std::vector<float>& logits() const;      ///< [C]
    const std::vector<float>& activations() const; ///< [K, h, w]
    int channels() const;
    int rows() const;
    int columns() const;
    const ReceptiveField& field() const; ///< where the grid's cells look

    /// Derivative of sum over c of ofLogits[c] * logit c by the activations, [K, h, w]. Throws Error: Mismatch for
    /// another number of classes, Cancelled, Device.
    std::vector<float> gradients(std::span<const float> ofLogits, const Progress& progress = {}) const;

    /// The same of one class's logit.
    std::vector<float> gradients(int classIndex, const Progress& progress = {}) const;

    int layers() const; ///< 0 without a decoder
    int heads() const;
    std::size_t cells() const; ///< N

    /// A class's cross-attention, [R, N].
    std::vector<float> attention(int layer, int classIndex) const;

    /// A class's cross-attention times the derivative of its own logit by it, signed, [L, R, N].
    std::vector<float> attentionGradients(int classIndex, const Progress& progress = {}) const;

    std::size_t bytes() const; ///< of the activations and the attention; what autograd keeps comes on top

private:
    std::unique_ptr<State> m_state;
};

} // namespace ocellus
