// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/class_order.h"

namespace ocellus {

/// The names of a model's classes, by the model's own index from 0, and where they come from.
struct ClassTable {
    struct Entry {
        std::string name;  ///< what the window shows
        std::string latin; ///< scientific name where the file gives one, else empty
        /// What a data set calls the class where that is another text, as the number of its folder; else empty.
        std::string folder = {};
    };

    std::vector<Entry> entries;
    std::string source;     ///< file or folder, or "checkpoint"
    int base = 0;           ///< first index as written in the file: 0 or 1; 0 where the file has no indices
    bool isIndexed = false; ///< the file gives each class its index; else the order of lines or folders does
    std::string reading;    ///< how a file was read, for people: "index in the column class_id; semicolons"

    int count() const { return static_cast<int>(entries.size()); }
};

/// Reads a text file (`name` a line, or `index name` as in CUB's classes.txt, 0- or 1-based), a JSON list or map, a CSV
/// with a header (index optional; name, common or english; latin or scientific), or an image folder's sub-folders in
/// this order. Throws Error: NotFound, Unreadable, Damaged (gaps, duplicates, empty names, names that differ in case
/// only), Unsupported, TooLarge.
ClassTable readClassTable(const std::filesystem::path& path, FolderOrder order = FolderOrder::Bytes);

/// Throws Error(Mismatch) "expected 200 classes, got 40" where the count differs from the checkpoint's.
void requireCount(const ClassTable& table, int classes);

/// The names that a checkpoint holds itself, by the same rules as a file's. Throws Error(Damaged) for empty names,
/// duplicates and mere numbers. Numbered classes where `names` is empty.
ClassTable classesOfCheckpoint(const std::vector<std::string>& names, int classes);

/// "0", "1", ...: what is shown where no table is known. The names are the numbers, so no species can be wrong.
ClassTable numberedClasses(int classes);

/// CUB writes `001.Black_footed_Albatross`: number and underscores taken off for the screen.
std::string displayName(const std::string& folderOrClassName);

} // namespace ocellus
