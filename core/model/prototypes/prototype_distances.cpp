// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/prototype_distances.h"

#include <string>

#include "core/base/error.h"
#include "core/model/torch_headers.h"

namespace ocellus {

PrototypeDistances::PrototypeDistances(const at::Tensor& vectors, const Compute& compute)
    : m_vectors(vectors.to(compute.device, compute.type)),
      m_ones(at::ones_like(m_vectors.slice(0, 0, 1))),
      m_norms((m_vectors * m_vectors).sum(c10::IntArrayRef{1, 2, 3}).view({-1, 1, 1}))
{
}

at::Tensor PrototypeDistances::squared(const at::Tensor& embedded) const
{
    if (embedded.size(2) < m_vectors.size(2) || embedded.size(3) < m_vectors.size(3))
        throw Error(ErrorCode::BadArgument, "picture",
                    "expected at least " + std::to_string(m_vectors.size(2)) + " x " +
                        std::to_string(m_vectors.size(3)) + " cells, as large as a prototype, got " +
                        std::to_string(embedded.size(2)) + " x " + std::to_string(embedded.size(3)),
                    "Prepare pictures at a larger size");
    const at::Tensor squares = at::conv2d(embedded * embedded, m_ones);
    return (squares + (m_norms - 2 * at::conv2d(embedded, m_vectors))).squeeze(0);
}

at::Tensor similarityOf(const at::Tensor& squaredDistances, SimilarityKind kind, double epsilon)
{
    return kind == SimilarityKind::Log ? at::log((squaredDistances + 1) / (squaredDistances + epsilon))
                                       : -squaredDistances;
}

double leastSimilarity(SimilarityKind kind, int valuesOfAPrototype)
{
    return kind == SimilarityKind::Log ? 0.0 : -static_cast<double>(valuesOfAPrototype);
}

} // namespace ocellus
