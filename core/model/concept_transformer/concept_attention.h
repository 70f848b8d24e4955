// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/model/concept_transformer/concept_names.h"
#include "core/model/convolution.h"
#include "core/model/weights.h"

namespace ocellus {

/// Tokens ask concepts, which answer with class scores (Rigotti et al., ICLR 2022, section 3.1).
///
/// Concepts are the same for every picture, so their keys are made once, and so is what all of a head's attention to
/// one gives to each class: scores are the attention times that. K concepts, R heads of width d = D / R, C classes.
class ConceptAttention {
public:
    ConceptAttention(const ConceptPlace& place, int heads, Weights& weights, const Compute& compute);

    /// [T, D] -> [R, T, K], rows sum to 1.
    at::Tensor attention(const at::Tensor& tokens) const;

    /// Class scores of each token, [T, C], of its attention.
    at::Tensor scores(const at::Tensor& attention) const;

    /// [R, K, C]
    const std::shared_ptr<const std::vector<float>>& gains() const { return m_gainValues; }

private:
    std::int64_t m_heads;
    at::Tensor m_query; // [D, D], divided by sqrt(d)
    at::Tensor m_keys;  // [R, d, K]
    at::Tensor m_gains; // [R * K, C]
    at::Tensor m_bias;  // [C]
    std::shared_ptr<const std::vector<float>> m_gainValues;
};

} // namespace ocellus
