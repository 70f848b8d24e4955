// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "core/data/class_table.h"
#include "core/engine/engine.h"

namespace ocellus {

/// Adds --class-order, which is read by folderOrderFromName when the command runs.
void addClassOrderOption(CLI::App& command, std::string& order);

/// What --class-order says, or nothing where it is not given.
std::optional<FolderOrder> chosenOrder(const std::string& option);

/// What --classes names, or nothing where it is not given. Throws what readClassTable throws.
std::optional<ClassTable> givenClasses(const std::string& option, std::optional<FolderOrder> order = std::nullopt);

/// The table given, else the checkpoint's own names, else numbers. Throws Error: Mismatch for a table of another count
/// or one that contradicts the checkpoint's names, or a folder's names its order where none is chosen; Damaged for
/// names that cannot be.
ClassTable classesOf(const std::optional<ClassTable>& given, const ModelDescription& model,
                     std::optional<FolderOrder> order);

/// A model's classes and what a data set's folders are matched to them by.
struct DataClasses {
    ClassTable table;
    std::string matchedBy; ///< "name", "index" (the folders' numbers) or "order"
};

/// The same for a data set: where there are neither, its folders in their order, of which there must be one a class.
DataClasses classesOfData(const std::optional<ClassTable>& given, const ModelDescription& model,
                          const std::filesystem::path& data, std::optional<FolderOrder> order);

/// "folders by name, names in the checkpoint", for people.
std::string description(const DataClasses& classes);

} // namespace ocellus
