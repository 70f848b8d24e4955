// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/train/epoch_report.h"

namespace ocellus {

/// Writes a PNG with loss and accuracy of each epoch, in training and on val. Throws Error(Unreadable).
void writeTrainingCurves(const std::filesystem::path& path, const std::vector<EpochReport>& reports);

} // namespace ocellus
