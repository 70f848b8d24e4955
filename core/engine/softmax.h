// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace ocellus {

/// In double precision, so that the sum over thousands of values stays 1. -infinity takes no part; not all may be that.
std::vector<float> softmax(std::span<const float> values);

} // namespace ocellus
