// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "ui/figures/map_matrix.h"

namespace ocellus {

/// A line a map: row, column, picture, class, layer, head (from 1, or "mean"), its peak, lowest value (differences
/// only) and peak score, the logit and probability of its class, and provenanceOf() the map. A row without maps has one
/// line, which says why. Where maps are of prototypes, nodes or concepts, "map" tells which. Where rows are models,
/// each line tells what the model takes the picture for, and what that is. An existing file is replaced only when all
/// is written. Throws Error(Unreadable).
void writeMatrixCsv(const std::filesystem::path& path, const MapMatrix& matrix);

} // namespace ocellus
