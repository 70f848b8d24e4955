// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/edit_comparison.h"
#include "ui/widgets/picture_pair.h"

namespace ocellus {

/// A picture before and after its edits, and what differs. `matrix` holds the maps: rows before, after, difference, a
/// column a head, of which `head` is shown; without rows the pictures stand alone.
PairContent beforeAfterPair(const EditComparison& comparison, const MapMatrix& matrix, int head);

} // namespace ocellus
