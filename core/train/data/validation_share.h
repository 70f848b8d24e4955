// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/train/data/training_set.h"

namespace ocellus {

/// Moves about this share of each class's pictures from train to val, drawn by `seed`: whole specimens, as specimenOf
/// tells them, and copies of one picture together, so that no specimen is in both. What is drawn of a class depends on
/// its own pictures alone.
/// Throws Error(Damaged) for a class with fewer than two specimens.
void drawValidation(TrainingSet& set, double share, std::uint64_t seed);

} // namespace ocellus
