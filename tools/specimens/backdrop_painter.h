// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "tools/specimens/individual.h"

namespace ocellus {

/// What lies under the butterfly, with the paper labels and their shadows, `side` x `side` colours row by row.
std::vector<Colour> paintBackdrop(const Individual& individual, int side);

} // namespace ocellus
