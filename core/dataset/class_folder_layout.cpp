// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/data/name_text.h"
#include "core/dataset/dataset_layouts.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> foldersOf(const fs::path& relative)
{
    std::vector<std::string> names;
    for (const fs::path& part : relative.parent_path())
        names.push_back(part.string());
    return names;
}

/// True where pictures lie in train/CLASS/: then what lies beside train, val and test is no class.
bool hasTrainFolder(const ImageListing& listing)
{
    return std::ranges::any_of(listing.images, [](const ImageFile& image) {
        const std::vector<std::string> folders = foldersOf(image.relative);
        return folders.size() > 1 && splitFromWord(folders.front()) == PictureSplit::Train;
    });
}

/// Spellings of one class in two normal forms lie in two folders that look the same.
void noteSpellings(LayoutPictures& result, const std::set<std::pair<std::string, std::string>>& spellings)
{
    std::string last;
    for (const auto& [name, folder] : spellings)
        if (std::exchange(last, name) == name)
            result.notes.push_back("two folders are called " + name +
                                   ", written with different bytes: they are one class");
}

} // namespace

LayoutPictures readClassFolders(ImageListing listing)
{
    LayoutPictures result;
    result.skipped = std::move(listing.skipped);
    const bool isSplit = hasTrainFolder(listing);
    const std::size_t depth = isSplit ? 1 : 0;
    std::set<std::pair<std::string, std::string>> spellings;
    for (ImageFile& image : listing.images) {
        const std::vector<std::string> folders = foldersOf(image.relative);
        const auto split = isSplit && !folders.empty() ? splitFromWord(folders.front()) : std::nullopt;
        const std::string name = folders.size() > depth ? normalised(folders[depth]) : std::string();
        if (isSplit && !split) {
            result.skipped.add("beside train, val and test", image.relative.generic_string());
        } else if (name.empty() || name.size() > mostClassNameBytes) {
            result.skipped.add("in no class's folder", image.relative.generic_string());
        } else {
            spellings.emplace(name, folders[depth]);
            DatasetPicture& picture = result.pictures.emplace_back();
            picture.path = std::move(image.path);
            picture.className = name;
            picture.split = split.value_or(PictureSplit::Unset);
        }
    }
    noteSpellings(result, spellings);
    return result;
}

} // namespace ocellus
