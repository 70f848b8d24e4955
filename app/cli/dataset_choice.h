// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "app/cli/class_choice.h"
#include "core/dataset/dataset_listing.h"

namespace ocellus {

/// What --dataset and --part say.
struct DatasetChoice {
    std::string file; ///< empty: none
    std::string part; ///< "train", "val", "test" or "all"; empty: val where there is one
};

/// Adds --dataset and --part, and gives the first.
CLI::Option* addDatasetOptions(CLI::App& command, DatasetChoice& choice);

/// Throws what openNamedDataset throws.
NamedDataset chosenDataset(const DatasetChoice& choice);
/// Nothing for all pictures. Throws Error(BadArgument) for other words.
std::optional<PictureSplit> chosenPart(const DatasetChoice& choice, const NamedDataset& set);

} // namespace ocellus
