// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"

namespace ocellus {

/// Bytes of a tensor by its shape. Throws Error(Damaged) where an extent is negative or the product does not fit.
std::uint64_t tensorBytes(const TensorInfo& tensor, const std::string& subject);

/// DistributedDataParallel puts `module.` before every name.
std::string withoutModulePrefix(std::string name);

/// Throws Error(Damaged) where a sorted list has a name twice or one that is not UTF-8.
void checkNames(const std::vector<TensorInfo>& sorted, const std::string& subject);

/// The place in `source.tensors()` of a tensor that is to be read as float32 into `count` elements.
/// Throws Error: NotFound, Unsupported where the type is no weight, Internal where the count differs.
std::size_t readableIndex(const TensorSource& source, const TensorInfo& tensor, std::size_t count,
                          const std::string& subject);

} // namespace ocellus
