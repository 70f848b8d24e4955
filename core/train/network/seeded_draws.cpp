// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/seeded_draws.h"

#include <cmath>

#include "core/train/network/torch_training_headers.h"

namespace ocellus {

SeededDraws::SeededDraws(std::uint64_t seed) : m_generator(at::detail::createCPUGenerator(seed)) {}

at::Tensor SeededDraws::uniform(at::IntArrayRef shape, double bound)
{
    return at::empty(shape, at::kFloat).uniform_(-bound, bound, m_generator);
}

at::Tensor SeededDraws::normal(at::IntArrayRef shape, double deviation)
{
    return at::empty(shape, at::kFloat).normal_(0, deviation, m_generator);
}

at::Tensor SeededDraws::xavier(at::IntArrayRef shape)
{
    return uniform(shape, std::sqrt(6.0 / static_cast<double>(shape[0] + shape[1])));
}

} // namespace ocellus
