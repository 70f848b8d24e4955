// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

namespace ocellus {

/// Draws starting values on the CPU from a generator of its own, so that a seed means the same on every device and
/// disturbs nobody else's numbers.
class SeededDraws {
public:
    explicit SeededDraws(std::uint64_t seed);

    at::Tensor uniform(at::IntArrayRef shape, double bound); ///< in [-bound, bound)
    at::Tensor normal(at::IntArrayRef shape, double deviation);
    /// Glorot and Bengio 2010, for a matrix [out, in].
    at::Tensor xavier(at::IntArrayRef shape);

private:
    at::Generator m_generator;
};

} // namespace ocellus
