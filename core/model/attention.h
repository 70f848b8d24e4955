// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/model/layers.h"

namespace ocellus {

/// Multi-head attention (Vaswani et al. 2017, section 3.2.2) that can hand out what its weights are made of.
///
/// R heads of width d = D / R. Tokens are rows: [n, D]; heads come first once they are split: [R, n, d]. Keys are
/// columns, so that a head's scores of one query are a sum of d rows: [R, d, n].
class Attention {
public:
    Attention(Weights& weights, const std::string& module, const ModelConfig& config, const Compute& compute);

    at::Tensor projectQueries(const at::Tensor& x) const; ///< [n, D] -> [R, n, d], divided by sqrt(d)
    at::Tensor projectKeys(const at::Tensor& x) const;    ///< [n, D] -> [R, d, n]
    at::Tensor projectValues(const at::Tensor& x) const;  ///< [n, D] -> [R, n, d]

    /// softmax(q k + keyBias) v, joined and projected: [n, D]. `keyBias` [m] is added to every score of key m; it may
    /// be undefined. The weights are never kept. Throws Error(Cancelled), also in the midst of a large grid.
    at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                      const Progress& progress) const;

    /// What attention with these weights brings: [R, n, m] x [R, m, d], joined and projected: [n, D].
    at::Tensor mix(const at::Tensor& attention, const at::Tensor& v) const;

private:
    at::Tensor split(const at::Tensor& x) const;
    at::Tensor join(const at::Tensor& x) const;

    int m_heads;
    std::int64_t m_width;
    Linear m_inProjection; // query, key and value rows
    Linear m_outProjection;
};

} // namespace ocellus
