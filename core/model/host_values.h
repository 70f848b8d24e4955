// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <ATen/core/Tensor.h>

namespace ocellus {

at::Tensor toHost(const at::Tensor& tensor); ///< float32 on the CPU, contiguous

std::vector<float> toVector(const at::Tensor& tensor);

/// The floats of a tensor, which stays alive as long as the pointer.
std::shared_ptr<const float> toShared(const at::Tensor& tensor);

/// Half precision overflows where float32 does not: such a result has no order and no maps worth looking at. Throws
/// Error(Device).
void requireFinite(const at::Tensor& logits);

} // namespace ocellus
