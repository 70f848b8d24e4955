// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/data/class_table.h"
#include "core/engine/engine.h"

namespace ocellus {

/// What --classes names, or nothing where it is not given. Throws what readClassTable throws.
std::optional<ClassTable> givenClasses(const std::string& option);

/// The table given, else the checkpoint's own names, else numbers. Throws Error: Mismatch for a table of another count,
/// Damaged for names that cannot be.
ClassTable classesOf(const std::optional<ClassTable>& given, const ModelDescription& model);

/// The same for a data set: where there are neither, its folders in their order, of which there must be one a class.
ClassTable classesOfData(const std::optional<ClassTable>& given, const ModelDescription& model,
                         const std::filesystem::path& data);

} // namespace ocellus
