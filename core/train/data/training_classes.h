// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/data/class_table.h"

namespace ocellus {

/// The classes that a model is trained on, and which folder of a split is which.
struct TrainingClasses {
    std::vector<std::string> names; ///< in Unicode's normal form C, by class index
    std::map<std::string, int> ofTrainFolder, ofValFolder;
    std::vector<std::string> notes; ///< which order the classes have where another is possible
};

/// The sub-folders of `train` in this order, or the classes of a table in its order, which are then matched by name or
/// by the folders' numbers. `val`, where there is one, has the same classes.
/// Throws Error: NotFound (no such folder), Damaged (no classes, two of one name), Mismatch (a single class, other
/// classes in val or in the table than in train).
TrainingClasses findTrainingClasses(const std::filesystem::path& train, const std::optional<std::filesystem::path>& val,
                                    FolderOrder order, const std::optional<ClassTable>& table);

/// The first twenty of the names, and how many more there are.
std::string listed(const std::vector<std::string>& names);

} // namespace ocellus
