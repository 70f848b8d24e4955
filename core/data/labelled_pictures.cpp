// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/labelled_pictures.h"

#include <map>

#include "core/base/error.h"
#include "core/data/class_matching.h"
#include "core/data/class_rows.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

std::map<std::string, int> classByFolder(const fs::path& folder, const ClassTable& table)
{
    std::vector<std::string> names;
    for (const ClassRow& row : rowsFromFolder(folder))
        names.push_back(row.name);
    const std::vector<int> classes = classesOfNames(names, table, folder.string());
    std::map<std::string, int> result;
    for (std::size_t i = 0; i < names.size(); ++i)
        result.emplace(names[i], classes[i]);
    return result;
}

} // namespace

std::vector<LabelledPicture> listLabelledPictures(const fs::path& folder, const ClassTable& table)
{
    std::vector<ImageFile> files = listImages(folder);
    const std::map<std::string, int> classes = classByFolder(folder, table);
    if (files.empty())
        throw Error(ErrorCode::NotFound, folder.string(), "expected pictures in the classes' folders, found none");
    std::vector<LabelledPicture> pictures;
    for (ImageFile& file : files) {
        const auto found = classes.find(file.relative.begin()->string());
        if (found == classes.end())
            throw Error(ErrorCode::Mismatch, file.path.string(),
                        "expected every picture in the folder of its class, got one outside",
                        "Move it to its class, or out of the data set");
        pictures.push_back({std::move(file), found->second});
    }
    return pictures;
}

} // namespace ocellus
