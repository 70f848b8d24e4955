// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/tensor_source.h"

namespace ocellus {

/// Extent `axis` of a tensor that must be there with that many dimensions. Throws Error(Mismatch) where it is not, and
/// for extents from beyond what a model can have: sums of them stay far from overflow.
int extentOf(const TensorSource& source, const std::string& name, std::size_t dimensions, std::size_t axis);

/// One more than the largest N among names "<prefix>N.", N below 1000.
int countNumbered(const TensorSource& source, std::string_view prefix);

bool hasNameWith(const TensorSource& source, std::string_view part);

} // namespace ocellus
