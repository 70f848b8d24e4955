// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/labelled_pictures.h"

#include <map>
#include <set>

#include "core/base/error.h"
#include "core/data/class_matching.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// The folder below the listed one in which a file lies, empty where it lies in none.
std::string topFolder(const fs::path& relative)
{
    return relative.has_parent_path() ? relative.begin()->string() : std::string();
}

/// Of the folders that hold pictures; others are left out, but for those that are the table's.
std::map<std::string, int> classByFolder(const fs::path& folder, const ClassTable& table,
                                         const std::set<std::string>& filled, SkippedFiles& skipped)
{
    const ClassFinder known(table);
    std::vector<std::string> names;
    for (const std::string& name : listClassFolders(folder).names) {
        if (filled.contains(name) || known.find(name))
            names.push_back(name);
        else
            skipped.add("folder without pictures", name + "/");
    }
    const std::vector<int> classes = classesOfNames(names, table, folder.string());
    std::map<std::string, int> result;
    for (std::size_t i = 0; i < names.size(); ++i)
        result.emplace(names[i], classes[i]);
    return result;
}

} // namespace

LabelledListing listLabelledPictures(const fs::path& folder, const ClassTable& table, const std::stop_token& stop)
{
    ImageListing listing = listImages(folder, stop);
    LabelledListing result;
    result.skipped = std::move(listing.skipped);
    std::set<std::string> filled;
    for (const ImageFile& file : listing.images)
        filled.insert(topFolder(file.relative));
    const std::map<std::string, int> classes = classByFolder(folder, table, filled, result.skipped);
    for (ImageFile& file : listing.images) {
        const auto found = classes.find(topFolder(file.relative));
        if (found == classes.end())
            result.skipped.add("in no class's folder", file.relative.generic_string());
        else
            result.pictures.push_back({std::move(file), found->second, {}});
    }
    if (result.pictures.empty())
        throw Error(ErrorCode::NotFound, folder.string(),
                    "expected pictures in the classes' folders, found none" +
                        (result.skipped.empty() ? "" : "; " + result.skipped.sentence()));
    return result;
}

} // namespace ocellus
