// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/cell_shares.h"

namespace ocellus {

std::vector<float> cellShares(std::vector<float> values, double least)
{
    double sum = 0;
    for (float& value : values) {
        value = static_cast<float>(value > least ? value - least : 0.0);
        sum += value;
    }
    for (float& value : values)
        value = sum > 0 ? static_cast<float>(value / sum) : 1.0F / static_cast<float>(values.size());
    return values;
}

} // namespace ocellus
