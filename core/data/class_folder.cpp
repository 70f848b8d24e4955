// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <system_error>

#include "core/base/error.h"
#include "core/data/class_order.h"
#include "core/data/class_rows.h"
#include "core/data/image_folder.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxFolders = 100'000;

[[noreturn]] void refuse(const fs::path& folder, const std::string& detail, const std::string& wayOut)
{
    throw Error(ErrorCode::Damaged, folder.string(), detail, wayOut);
}

void requireClasses(const fs::path& folder, const std::vector<std::string>& names)
{
    static constexpr std::array<std::string_view, 6> splits{"test", "train", "training", "val", "valid", "validation"};
    const bool onlySplits = std::all_of(names.begin(), names.end(), [](const std::string& name) {
        return std::find(splits.begin(), splits.end(), name) != splits.end();
    });
    if (names.empty())
        refuse(folder, "expected a sub-folder for each class, got none", "Choose the folder that the classes lie in.");
    if (onlySplits)
        refuse(folder, "expected a sub-folder for each class, got " + names.front(),
               "Choose the sub-folder with the training pictures.");
}

} // namespace

ClassFolders listClassFolders(const fs::path& folder)
{
    std::error_code failure;
    ClassFolders result;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        std::error_code broken; // a link to nowhere is no folder
        if (!entry->is_directory(broken))
            continue;
        const std::string name = entry->path().filename().string();
        if (const std::string reason = reasonToSkip(entry->path(), FileKind::Folder); !reason.empty())
            result.skipped.add(reason, name + "/");
        else
            result.names.push_back(name);
        if (result.names.size() > maxFolders)
            throw Error(ErrorCode::TooLarge, folder.string(),
                        "expected at most " + std::to_string(maxFolders) + " sub-folders");
    }
    if (failure)
        throw Error(ErrorCode::Unreadable, folder.string(), failure.message());
    sortFolders(result.names, FolderOrder::Bytes);
    requireClasses(folder, result.names);
    return result;
}

std::vector<ClassRow> rowsFromFolder(const fs::path& folder, FolderOrder order)
{
    ClassFolders folders = listClassFolders(folder);
    // torchvision would have counted it, but only where it was there when the model was trained.
    if (!folders.skipped.empty()) {
        const auto& [reason, group] = *folders.skipped.groups().begin();
        refuse(folder, "expected only classes, got the " + reason + " folder " + group.names.front(),
               "Remove it, or write the class names to a text file.");
    }
    sortFolders(folders.names, order);
    std::vector<ClassRow> rows;
    for (const std::string& name : folders.names)
        rows.push_back({"folder " + name, std::nullopt, name, {}});
    return rows;
}

} // namespace ocellus
