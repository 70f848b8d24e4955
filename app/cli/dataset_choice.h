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

/// A model's classes for a data set's pictures: by name, or where neither table nor checkpoint has names by the order
/// of the data set's. Throws what classesOf throws, and Error(Mismatch) for another count.
DataClasses classesOfDataset(const std::optional<ClassTable>& given, const ModelDescription& model,
                             const NamedDataset& set, std::optional<FolderOrder> order);

} // namespace ocellus
