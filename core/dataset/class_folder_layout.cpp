// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "core/data/class_table.h"
#include "core/data/name_text.h"
#include "core/dataset/dataset_layouts.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t innermost = std::numeric_limits<std::size_t>::max(); ///< in the place of a depth

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

/// How many folders lie above those of the classes: those of a whole set that was unpacked into a folder of its own, or
/// of years and places that all have the same classes below them.
std::size_t depthOfClasses(const ImageListing& listing, std::size_t depth)
{
    std::set<std::string> outer;
    std::map<std::string, std::set<std::string>> outerOf; ///< by what the inner folders are called
    for (const ImageFile& image : listing.images) {
        const std::vector<std::string> folders = foldersOf(image.relative);
        if (folders.size() < depth + 2)
            return depth; // a picture lies in the outer folder itself
        outer.insert(folders[depth]);
        outerOf[withoutAccents(displayName(folders.back()))].insert(folders[depth]);
    }
    if (outerOf.size() < 2)
        return depth;
    if (outer.size() == 1)
        return depthOfClasses(listing, depth + 1);
    const auto shared = std::ranges::count_if(outerOf, [](const auto& inner) { return inner.second.size() > 1; });
    return 2 * static_cast<std::size_t>(shared) >= outerOf.size() ? innermost : depth;
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
    const std::size_t outermost = isSplit ? 1 : 0;
    const std::size_t depth = isSplit ? outermost : depthOfClasses(listing, outermost);
    if (depth != outermost)
        result.notes.push_back(depth == innermost
                                   ? "the folders that pictures lie in are the classes; those above them are not"
                                   : "the classes are the folders within " +
                                         foldersOf(listing.images.front().relative)[depth - 1]);
    std::set<std::pair<std::string, std::string>> spellings;
    for (ImageFile& image : listing.images) {
        const std::vector<std::string> folders = foldersOf(image.relative);
        const auto split = isSplit && !folders.empty() ? splitFromWord(folders.front()) : std::nullopt;
        const std::size_t place = depth == innermost ? std::max<std::size_t>(1, folders.size()) - 1 : depth;
        const std::string name = folders.size() > place ? normalised(folders[place]) : std::string();
        if (isSplit && !split) {
            result.skipped.add("beside train, val and test", image.relative.generic_string());
        } else if (name.empty() || name.size() > mostClassNameBytes) {
            result.skipped.add("in no class's folder", image.relative.generic_string());
        } else {
            spellings.emplace(name, folders[place]);
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
