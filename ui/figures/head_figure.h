// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/explanation.h"
#include "ui/figures/figure.h"

namespace ocellus {

/// The whole explanation: header, the plain picture, a tile a head and their mean, colour bar, and what made it. 180 mm
/// wide, a journal's two columns, and as high as the tiles need. `explanation` must have a decoding and a picture.
Figure headFigure(const Explanation& explanation);

} // namespace ocellus
