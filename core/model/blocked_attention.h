// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"

namespace ocellus {

/// softmax(q k + keyBias) v, [R, n, d], of q [R, n, d], k [R, d, m], v [R, m, d]; `keyBias` [m] is added to every score
/// of key m and may be undefined.
///
/// Blocks of scores stay in a core's cache and are gone after their product with the values: memory grows with n and m,
/// not with their product. Of more keys than a block has the softmax is carried along, maximum, sum and all (Milakov
/// and Gimelshein, arXiv 1805.02867). Throws Error(Cancelled), also in the midst of it.
at::Tensor blockedAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                            const Progress& progress);

/// What queries take from some keys only, so that it can be joined with what they take from others.
struct AttentionPart {
    at::Tensor taken;  ///< [R, n, d], softmax(q k) v over these keys alone
    at::Tensor logSum; ///< [R, n, 1], the logarithm of the sum of exp(q k)
};

/// As blockedAttention().
AttentionPart partOfAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const Progress& progress);

/// softmax(q k) v over the keys of both, [R, n, d].
at::Tensor joined(const AttentionPart& a, const AttentionPart& b);

} // namespace ocellus
