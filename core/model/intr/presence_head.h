// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/model/layers.h"

namespace ocellus {

/// Which class a logit is asked for, and which of the decoder's rows answers for it.
struct LogitRows {
    std::vector<std::int64_t> classes;
    std::vector<std::int64_t> rows; ///< as many; the zero query's row answers for every inactive class
};

/// Logits of the decoder's outputs: one presence vector for all classes (INTR, arXiv 2311.04157, section 3.3), or a
/// vector and a bias a class (INTR-FC, appendix B: logit of class c = w_c . z_c + b_c).
class PresenceHead {
public:
    PresenceHead(const ModelConfig& config, Weights& weights, const Compute& compute);

    /// `outputs` [Q, D] after the final LayerNorm -> [logits.classes.size()].
    at::Tensor run(const at::Tensor& outputs, const LogitRows& logits) const;

private:
    bool m_perClass;
    Linear m_linear; // [1, D] or [C, D]
};

} // namespace ocellus
