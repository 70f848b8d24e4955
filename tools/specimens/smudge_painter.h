// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/image/picture.h"
#include "tools/specimens/individual.h"

namespace ocellus {

/// A picture of an individual with its grime, and with its wiped marks and other places removed as the workbench's own
/// edits remove them. `wiped` shows the individual with the marks that are to be wiped, `marks` is 255 where they are,
/// row by row. Both may be of an individual without any.
Picture smudged(const Picture& wiped, const std::vector<std::uint8_t>& marks, const Individual& individual);

} // namespace ocellus
