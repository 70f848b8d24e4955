// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "ui/figures/map_matrix.h"
#include "ui/figures/plate_options.h"

namespace ocellus {

/// How a row or a column is told from others when some are left out.
struct PlateKey {
    enum class Kind { Class, Head, Row, Column };
    Kind kind = Kind::Row;
    int number = 0; ///< class; head, -1 for the mean; or place
};

PlateKey rowKey(const MapMatrix& matrix, std::size_t row);
PlateKey columnKey(const MapMatrix& matrix, std::size_t column);
bool isLeftOut(const PlateOptions& options, const PlateKey& key);
void leaveOut(PlateOptions& options, const PlateKey& key, bool hidden);

} // namespace ocellus
