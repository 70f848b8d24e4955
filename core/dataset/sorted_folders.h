// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"

namespace ocellus {

/// A picture that is to lie in a folder of its species.
struct SortedPicture {
    std::filesystem::path from;
    std::string folder;       ///< words of other people: made into one folder's name
    std::filesystem::path to; ///< set by planSorting()
};

/// Gives each picture its place below `root`: FOLDER/NAME.jpg, with a number where that name is taken, by another one
/// of them or by a file that is there. Nothing is touched. Throws Error: BadArgument where a picture lies below `root`,
/// TooLarge, Cancelled.
void planSorting(std::vector<SortedPicture>& pictures, const std::filesystem::path& root,
                 const Progress& progress = {});

enum class SortBy { Link, Copy };

/// Makes the folders, and a symbolic link or a copy of each picture; replaces nothing. Reports Stage::Write.
/// Throws Error: Unreadable, Cancelled; what is done then stays.
void sortPictures(const std::vector<SortedPicture>& pictures, SortBy by, const Progress& progress = {});

} // namespace ocellus
