// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/skipped_files.h"

namespace ocellus {

/// In which order the folders of a data set are its classes.
enum class FolderOrder {
    Bytes,   ///< as torchvision sorts them: 1, 10, 2
    Natural, ///< numbers in names by their value: 1, 2, 10
};

/// "bytes" or "natural". Throws Error(BadArgument), which `option` names.
FolderOrder folderOrderFromName(std::string_view name, const std::string& option);

void sortFolders(std::vector<std::string>& names, FolderOrder order);

/// True where every name is decimal digits and nothing else, as the folders of Flowers-102 are.
bool areNumbers(const std::vector<std::string>& names);

/// The folders that are the classes of a data set.
struct ClassFolders {
    std::vector<std::string> names; ///< in byte order
    SkippedFiles skipped;           ///< hidden and system folders
};

/// The sub-folders of a folder and what links to folders lead to.
/// Throws Error: Unreadable, TooLarge, Damaged (none, or train and val in their place).
ClassFolders listClassFolders(const std::filesystem::path& folder);

/// Throws Error(Mismatch) where a name contradicts that the classes of a checkpoint without names are these folders in
/// byte order: numbers in the names that go otherwise, or other names in the data set's other splits beside the folder.
void requireOrderOfFolders(const std::filesystem::path& folder, const std::vector<std::string>& names);

} // namespace ocellus
