// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace ocellus {

/// Each cell's share in the sum of all, counted from `least`, below which there is nothing. Where all of them are that,
/// no place stands out: the shares are equal.
std::vector<float> cellShares(std::vector<float> values, double least = 0);

} // namespace ocellus
