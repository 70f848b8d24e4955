// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QString>

namespace ocellus {

struct TrainingRun;

/// Markdown that tells others of a run's best model: data with its hash, split, recipe, accuracy, limits, and a licence
/// to be filled in. Reads what the model's file says of itself; empty facts where that cannot be read.
QString modelCardText(const TrainingRun& run);

/// RUN/model-card.md
std::filesystem::path modelCardOf(const std::filesystem::path& run);

/// And beside it model-card.html, the same for a browser. Returns the Markdown's path. Throws Error(Unreadable).
std::filesystem::path writeModelCard(const TrainingRun& run);

} // namespace ocellus
