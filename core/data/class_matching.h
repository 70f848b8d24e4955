// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/class_table.h"

namespace ocellus {

/// The table's class of each name: one of the same text, else the only one that is equal after displayName().
/// `source` is what errors call the names' origin. Throws Error(Mismatch) for names without a class, with several, and
/// for two names of one class.
std::vector<int> classesOfNames(const std::vector<std::string>& names, const ClassTable& table,
                                const std::string& source);

/// For a checkpoint that holds no names: the data set's folders in byte order, folder k being class k. Throws what
/// readClassTable throws of a folder, and Error(Mismatch) unless there is one for each of the classes.
ClassTable classesInFolderOrder(const std::filesystem::path& folder, int classes);

/// Reads a CSV with the columns species and ring. For each class of the table, the classes of its ring, itself among
/// them, ascending; none for a class that the file does not name.
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged, Mismatch (as classesOfNames).
std::vector<std::vector<int>> readRings(const std::filesystem::path& path, const ClassTable& table);

} // namespace ocellus
