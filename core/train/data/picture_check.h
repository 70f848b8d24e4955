// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/train/data/training_set.h"

namespace ocellus {

/// Decodes each picture and fills in its size and hash; gives for each the error that keeps it from being read.
/// Works on several threads, this one among them, from which it reports Stage::Read. Throws Error(Cancelled).
std::vector<std::optional<Error>> checkPictures(const std::vector<TrainingPicture*>& pictures,
                                                const Progress& progress);

} // namespace ocellus
