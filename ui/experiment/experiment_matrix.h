// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/figures/map_matrix.h"

namespace ocellus {

class ExperimentTableModel;

/// What an experiment was done with, for its figures.
struct ExperimentOrigin {
    QString recipe; ///< in words
    QString modelName;
    QString modelHash; ///< its first digits
};

/// Pictures before and after an experiment's edit, as a table without maps: at most this many, those whose prediction
/// flipped first. Without rows where no picture was edited.
MapMatrix experimentMatrix(const ExperimentTableModel& rows, const ExperimentOrigin& origin);

inline constexpr std::size_t mostExperimentPairs = 12;

} // namespace ocellus
