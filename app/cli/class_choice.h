// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "core/data/class_table.h"
#include "core/evaluation/data_classes.h"

namespace ocellus {

/// Adds --class-order, which is read by folderOrderFromName when the command runs.
void addClassOrderOption(CLI::App& command, std::string& order);

/// What --class-order says, or nothing where it is not given.
std::optional<FolderOrder> chosenOrder(const std::string& option);

/// What --classes names, or nothing where it is not given. Throws what readClassTable throws.
std::optional<ClassTable> givenClasses(const std::string& option, std::optional<FolderOrder> order = std::nullopt);

} // namespace ocellus
