// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "ui/figures/map_matrix.h"

namespace ocellus {

/// A line a map: row, column, picture, class, layer, head (from 1, or "mean"), its peak, lowest value (differences
/// only) and peak score, the logit and probability of its class, and provenanceOf() the map. An existing file is
/// replaced only when all is written. Throws Error(Unreadable).
void writeMatrixCsv(const std::filesystem::path& path, const MapMatrix& matrix);

} // namespace ocellus
