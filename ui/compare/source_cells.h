// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/figures/map_matrix.h"
#include "ui/figures/source_view.h"

namespace ocellus {

class LiveAnswer;

/// What a source says of the explanation's class, as cells of a table: a cell for each of its maps, or one whose words
/// say why there is none. A source that does not read the decoding asks the whole model, so that no limit and no
/// intervention is told of it.
/// `answer` tells what was found out about the maps; null where they are another model's.
std::vector<MatrixCell> sourceCells(Explanation ofClass, SourceView source, bool readsDecoding,
                                    const LiveAnswer* answer);

} // namespace ocellus
