// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/figures/map_matrix.h"

namespace ocellus {

/// The table of maps as a figure: title and notes, a row of tiles a row with what limits it, both scales' colour bars,
/// and what made it. As wide as the columns need, 180 mm where they are few. Throws Error(BadArgument) for a matrix
/// without rows.
Figure figureOf(const MapMatrix& matrix);

} // namespace ocellus
