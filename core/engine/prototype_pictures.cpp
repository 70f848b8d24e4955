// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/prototype_pictures.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/input_file.h"
#include "core/io/npy_reader.h"
#include "core/io/strict_json.h"
#include "core/io/text.h"

namespace ocellus {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t columnsOfBox = 6; // picture number, top, bottom, left, right, class
constexpr int mostEntries = 1'000'000;   // of a folder that are looked at

/// The number that a text begins with.
std::optional<int> leadingNumber(std::string_view text)
{
    int number = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc() && rest != text.data() && number >= 0 ? std::optional(number) : std::nullopt;
}

/// N of names "<before>N<after>" in a folder, with their paths.
std::vector<std::pair<int, fs::path>> numbered(const fs::path& folder, std::string_view before, std::string_view after)
{
    std::vector<std::pair<int, fs::path>> found;
    std::error_code failure;
    int looked = 0;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end && looked < mostEntries;
         entry.increment(failure), ++looked) {
        const std::string name = entry->path().filename().string();
        if (!name.starts_with(before) || !name.ends_with(after) || name.size() <= before.size() + after.size())
            continue;
        const std::string middle = name.substr(before.size(), name.size() - before.size() - after.size());
        if (const std::optional<int> number = leadingNumber(middle); number && std::to_string(*number) == middle)
            found.emplace_back(*number, entry->path());
    }
    std::ranges::sort(found);
    return found;
}

/// Of the file's own number first, then from the latest.
std::vector<fs::path> epochFolders(const fs::path& checkpoint)
{
    auto folders = numbered(checkpoint.parent_path() / "img", "epoch-", "");
    std::ranges::reverse(folders);
    if (const std::optional<int> epoch = leadingNumber(checkpoint.stem().string()))
        std::ranges::stable_partition(folders, [&](const auto& folder) { return folder.first == epoch; });
    std::vector<fs::path> paths;
    for (auto& [number, folder] : folders)
        paths.push_back(std::move(folder));
    return paths;
}

/// Those with pictures of nodes, of the same stage of training as the file first.
std::vector<fs::path> stageFolders(const fs::path& checkpoint)
{
    constexpr int levels = 3;
    std::error_code failure;
    fs::path above = fs::absolute(checkpoint, failure).parent_path();
    const fs::path stage = above.filename();
    std::vector<fs::path> found;
    for (int level = 0; level < levels && !above.empty(); ++level, above = above.parent_path()) {
        const fs::path results = above / "upsampling_results";
        if (fs::is_directory(results / stage, failure))
            found.push_back(results / stage);
        std::vector<fs::path> others;
        int looked = 0;
        for (fs::directory_iterator entry(results, failure), end; !failure && entry != end && looked < mostEntries;
             entry.increment(failure), ++looked)
            if (std::error_code other; entry->is_directory(other) && entry->path().filename() != stage)
                others.push_back(entry->path());
        if (others.size() == 1) // of several nobody knows which
            found.push_back(others.front());
    }
    return found;
}

bool isOfSearch(const fs::path& folder)
{
    std::error_code failure;
    return fs::exists(folder / nearestPatchesFile, failure);
}

/// The hash of the model whose prototypes the search was for; empty where the file does not tell.
std::string searchedModel(const fs::path& folder)
{
    constexpr std::uintmax_t mostBytes = std::uintmax_t{1} << 26;
    constexpr int mostDepth = 5;
    constexpr std::size_t mostValues = 5'000'000;
    try {
        const InputFile file(folder / nearestPatchesFile);
        if (file.size() > mostBytes)
            return {};
        std::string text(static_cast<std::size_t>(file.size()), '\0');
        file.readAt(0, std::as_writable_bytes(std::span(text)));
        const nlohmann::json value = StrictJson(nearestPatchesFile).parsed(text, mostDepth, mostValues);
        const auto model = value.is_object() ? value.find("model") : value.end();
        return model != value.end() && model->is_string() ? model->get<std::string>() : std::string();
    } catch (const Error&) {
        return {};
    }
}

std::string nameOf(const fs::path& folder)
{
    return folder.parent_path().filename().string() + "/" + folder.filename().string();
}

/// Why the folder's pictures are not the owner's; empty where they are.
std::string whyNotOf(const PictureOwner& owner, const fs::path& folder)
{
    if (isOfSearch(folder))
        return searchedModel(folder) == owner.sha256 ? std::string()
                                                     : "a search found its patches for the prototypes of another file";
    if (!owner.said || *owner.said == nameOf(folder))
        return {};
    return owner.said->empty() ? "it is of another file; this one holds the last state of a training, of which no "
                                 "pictures are kept"
                               : "it is of another file; the pictures of this one were in " + excerpt(*owner.said);
}

/// The first of them whose pictures are the owner's; else remarks.
std::optional<fs::path> folderOf(const PictureOwner& owner, const std::vector<fs::path>& folders,
                                 const std::string& ifNone, std::vector<std::string>& remarks)
{
    std::vector<std::string> reasons;
    for (const fs::path& folder : folders) {
        const std::string reason = whyNotOf(owner, folder);
        if (reason.empty())
            return folder;
        reasons.push_back(nameOf(folder) + " near the model is not used: " + reason);
    }
    if (reasons.empty())
        reasons.push_back(ifNone);
    std::ranges::move(reasons, std::back_inserter(remarks));
    return std::nullopt;
}

std::optional<int> coordinate(const NpyTable& table, int row, int column)
{
    constexpr std::int64_t most = 100'000;
    const std::int64_t value = table.values[static_cast<std::size_t>(row * columnsOfBox + column)];
    return value >= 0 && value <= most ? std::optional(static_cast<int>(value)) : std::nullopt;
}

void takePictures(const fs::path& folder, const NpyTable& table, PrototypePictures& found)
{
    for (int j = 0; j < static_cast<int>(table.rows); ++j) {
        PrototypePicture picture;
        picture.prototype = j;
        picture.patch = folder / ("prototype-img" + std::to_string(j) + ".png");
        picture.original = folder / ("prototype-img-original" + std::to_string(j) + ".png");
        const auto top = coordinate(table, j, 1), bottom = coordinate(table, j, 2);
        const auto left = coordinate(table, j, 3), right = coordinate(table, j, 4);
        std::error_code failure;
        if (!top || !bottom || !left || !right || *top >= *bottom || *left >= *right ||
            !fs::is_regular_file(picture.patch, failure))
            continue;
        if (!fs::is_regular_file(picture.original, failure))
            picture.original.clear();
        picture.top = *top;
        picture.bottom = *bottom;
        picture.left = *left;
        picture.right = *right;
        picture.classIndex = coordinate(table, j, 5).value_or(-1);
        found.pictures.push_back(std::move(picture));
    }
}

} // namespace

PrototypePictures findPrototypePictures(const fs::path& checkpoint, int prototypes, const PictureOwner& owner)
{
    PrototypePictures found;
    if (checkpoint.filename().string().find("nopush") != std::string::npos)
        found.remarks.emplace_back("by its name the model was saved before its prototypes were pushed onto pictures: "
                                   "they are no patches of any");
    const std::optional<fs::path> folder =
        folderOf(owner, epochFolders(checkpoint), "no pictures of its prototypes lie beside the model (img/epoch-N)",
                 found.remarks);
    if (!folder)
        return found;
    const std::string name = nameOf(*folder);
    const auto boxes = numbered(*folder, "bb", ".npy");
    if (boxes.empty()) {
        found.remarks.push_back(name + " beside the model is not used: it has no bb*.npy");
        return found;
    }
    try {
        const NpyTable table = readNpyTable(boxes.back().second);
        if (table.rows != prototypes || table.columns != columnsOfBox) {
            found.remarks.push_back(name + " beside the model is not used: expected " + std::to_string(prototypes) +
                                    " rows of " + std::to_string(columnsOfBox) + " in " +
                                    boxes.back().second.filename().string() + ", got " + std::to_string(table.rows) +
                                    " of " + std::to_string(table.columns));
            return found;
        }
        takePictures(*folder, table, found);
        found.areNearest = isOfSearch(*folder);
        found.remarks.push_back(std::to_string(found.pictures.size()) + " of " + std::to_string(prototypes) +
                                " prototypes have their " + (found.areNearest ? "nearest patches" : "pictures") +
                                " in " + name + " beside the model");
    } catch (const Error& error) {
        found.remarks.push_back(name + " beside the model is not used: " + error.detail());
    }
    return found;
}

PrototypePictures findNodePictures(const fs::path& checkpoint, const TreeConfig& tree, const PictureOwner& owner)
{
    PrototypePictures found;
    const std::optional<fs::path> folder =
        folderOf(owner, stageFolders(checkpoint),
                 "no pictures of its prototypes lie near the model (upsampling_results)", found.remarks);
    if (!folder)
        return found;
    std::size_t branches = 0;
    for (const TreeNode& node : tree.nodes) {
        if (node.isLeaf())
            continue;
        ++branches;
        PrototypePicture picture;
        picture.prototype = node.prototype;
        const std::string name = std::to_string(node.index);
        picture.patch = *folder / (name + "_nearest_patch_of_image.png");
        picture.original = *folder / (name + "_original_image.png");
        std::error_code failure;
        if (!fs::is_regular_file(picture.patch, failure))
            continue;
        if (!fs::is_regular_file(picture.original, failure))
            picture.original.clear();
        found.pictures.push_back(std::move(picture));
    }
    std::ranges::sort(found.pictures, {}, &PrototypePicture::prototype);
    found.areNearest = isOfSearch(*folder);
    found.remarks.push_back(std::to_string(found.pictures.size()) + " of " + std::to_string(branches) +
                            " nodes have their " + (found.areNearest ? "nearest patches" : "pictures") + " in " +
                            nameOf(*folder));
    return found;
}

} // namespace ocellus
