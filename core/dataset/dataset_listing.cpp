// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/dataset_listing.h"

#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/data/class_matching.h"
#include "core/dataset/dataset_file.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

bool isBelow(const fs::path& path, const fs::path& folder)
{
    const fs::path relative = path.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

/// Boxes and points are cut to the picture's size: without one they would be left out, and nothing would tell.
void requireSizes(const NamedDataset& set)
{
    for (std::size_t i = 0; i < set.dataset.pictures.size(); ++i) {
        const DatasetPicture& picture = set.dataset.pictures[i];
        const DatasetMember& member = set.state.members[i];
        if (member.takesPart() && picture.size.width < 1 && (member.box || !picture.parts.empty()))
            throw Error(ErrorCode::Damaged, set.file.string(),
                        "expected the size of each picture with a box or part points, got none of " +
                            picture.path.string(),
                        "Write it anew with `ocellus-cli dataset`; --fix unreadable leaves out what cannot be read");
    }
}

} // namespace

fs::path NamedDataset::nameOf(std::size_t picture) const
{
    const fs::path& path = dataset.pictures[picture].path;
    if (dataset.sources.size() == 1) {
        const fs::path& source = dataset.sources.front();
        for (const fs::path& folder : {source, source.parent_path()}) // of a table, the folder that it lies in
            if (isBelow(path, folder))
                return path.lexically_relative(folder);
    }
    // Results lie under this name below a folder of theirs, which it may not lead out of.
    fs::path name;
    for (const fs::path& part : path.lexically_relative(fs::absolute(file).lexically_normal().parent_path()))
        if (part != "..")
            name /= part;
    return name;
}

std::string NamedDataset::cropText() const
{
    constexpr double percent = 100;
    return state.crop.on ? "boxes, " + std::to_string(std::lround(percent * state.crop.margin)) + " % margin"
                         : std::string();
}

NamedDataset openNamedDataset(const fs::path& file)
{
    NamedDataset set;
    set.file = file;
    set.dataset = readDatasetFile(file);
    set.sha256 = sha256OfFile(file);
    set.state = stateOf(set.dataset);
    requireSizes(set);
    return set;
}

LabelledListing listLabelledPictures(const NamedDataset& set, std::optional<PictureSplit> split,
                                     const ClassTable& table)
{
    const std::vector<int> classes = classesOfNames(set.state.classNames, table, set.file.string());
    LabelledListing listing;
    for (std::size_t i = 0; i < set.dataset.pictures.size(); ++i) {
        const DatasetMember& member = set.state.members[i];
        const fs::path name = set.nameOf(i);
        if (!member.takesPart()) {
            listing.skipped.add("excluded: " + member.excluded, name.generic_string());
        } else if (split && member.split != *split) {
            listing.skipped.add("not in " + std::string(toString(*split)), name.generic_string());
        } else {
            const DatasetPicture& picture = set.dataset.pictures[i];
            LabelledPicture& labelled = listing.pictures.emplace_back();
            labelled.file = {picture.path, name, member.className};
            labelled.classIndex = classes[static_cast<std::size_t>(member.classIndex)];
            labelled.crop = cropOf(set.state, i, picture.size);
        }
    }
    if (listing.pictures.empty())
        throw Error(ErrorCode::NotFound, set.file.string(),
                    "expected pictures" + (split ? " in " + std::string(toString(*split)) : "") + ", found none",
                    "Draw a split with `ocellus-cli dataset`, or take all pictures");
    return listing;
}

std::string cropText(const std::optional<PixelBox>& crop)
{
    std::string text;
    if (crop)
        for (const int number : {crop->left, crop->top, crop->width, crop->height})
            text += (text.empty() ? "" : ",") + std::to_string(number);
    return text;
}

Picture shownPart(Picture picture, const std::optional<PixelBox>& crop, const fs::path& path)
{
    if (!crop)
        return picture;
    const PixelBox within = intersected(*crop, wholeBox(picture.size));
    if (within.empty())
        throw Error(ErrorCode::Mismatch, path.string(),
                    "expected a crop that meets the picture of " + std::to_string(picture.size.width) + "x" +
                        std::to_string(picture.size.height) + " pixels, got one outside",
                    "Make the data set anew: the picture is not the one that it was made of");
    return cropped(picture, within);
}

} // namespace ocellus
