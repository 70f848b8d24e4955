// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/model/convolution.h"
#include "core/model/prototypes/similarity_kind.h"

namespace ocellus {

/// How far every place of a picture is from each of some prototypes.
class PrototypeDistances {
public:
    /// `vectors` [P, D, rows, columns].
    PrototypeDistances(const at::Tensor& vectors, const Compute& compute);

    /// Squared distances between each prototype and the patches of its size of `embedded` [1, D, h, w], [P, h', w']:
    /// the sum of x^2 - 2 x.p + p^2. Near 0 the terms cancel: about 1e-6 of p^2 is left, of either sign. Throws
    /// Error(BadArgument) where the grid is smaller than a prototype.
    at::Tensor squared(const at::Tensor& embedded) const;

private:
    at::Tensor m_vectors;
    at::Tensor m_ones;  // [1, D, rows, columns]: the same for all of them
    at::Tensor m_norms; // [P, 1, 1] of the prototypes, squared
};

/// Of squared distances that are not negative, by SimilarityKind::Log or Linear.
at::Tensor similarityOf(const at::Tensor& squaredDistances, SimilarityKind kind, double epsilon);

/// The least that a similarity can be: a sigmoid lies between 0 and 1, and so do prototypes that were pushed onto
/// patches, so that no squared distance is larger than a prototype's number of values.
double leastSimilarity(SimilarityKind kind, int valuesOfAPrototype);

} // namespace ocellus
