// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <system_error>

#include "core/base/error.h"
#include "core/data/class_rows.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxFolders = 100'000;

std::vector<std::string> subFolders(const fs::path& folder)
{
    std::error_code failure;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        std::error_code broken; // a link to nowhere is no folder
        if (entry->is_directory(broken))
            names.push_back(entry->path().filename().string());
        if (names.size() > maxFolders)
            throw Error(ErrorCode::TooLarge, folder.string(),
                        "expected at most " + std::to_string(maxFolders) + " sub-folders");
    }
    if (failure)
        throw Error(ErrorCode::Unreadable, folder.string(), failure.message());
    // Python sorts by code point; UTF-8 bytes, taken as unsigned, sort the same. std::string compares them so.
    std::sort(names.begin(), names.end());
    return names;
}

[[noreturn]] void refuse(const fs::path& folder, const std::string& detail, const std::string& wayOut)
{
    throw Error(ErrorCode::Damaged, folder.string(), detail, wayOut);
}

} // namespace

std::vector<ClassRow> rowsFromFolder(const fs::path& folder)
{
    static constexpr std::array<std::string_view, 6> splits{"test", "train", "training", "val", "valid", "validation"};
    const std::vector<std::string> names = subFolders(folder);
    const bool onlySplits = std::all_of(names.begin(), names.end(), [](const std::string& name) {
        return std::find(splits.begin(), splits.end(), name) != splits.end();
    });
    if (names.empty())
        refuse(folder, "expected a sub-folder for each class, got none", "Choose the folder that the classes lie in.");
    if (onlySplits)
        refuse(folder, "expected a sub-folder for each class, got " + names.front(),
               "Choose the sub-folder with the training pictures.");
    std::vector<ClassRow> rows;
    for (const std::string& name : names) {
        // torchvision would have counted it, but only where it was there when the model was trained.
        if (name.starts_with('.'))
            refuse(folder, "expected only classes, got the hidden folder " + name,
                   "Remove it, or write the class names to a text file.");
        rows.push_back({"folder " + name, std::nullopt, name, {}});
    }
    return rows;
}

} // namespace ocellus
