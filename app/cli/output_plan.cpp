// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output_plan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

/// Absolute, links followed as far as the path exists, so that two spellings of one place compare equal.
fs::path realPath(const fs::path& path)
{
    std::error_code error;
    fs::path real = fs::weakly_canonical(path, error);
    if (error)
        real = fs::absolute(path).lexically_normal();
    return real.has_filename() ? real : real.parent_path();
}

bool isBelow(const fs::path& inner, const fs::path& outer)
{
    return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

fs::path withEnding(fs::path base, const std::string& ending)
{
    base += ending;
    return base;
}

/// `stem` for `stem.17`, where the ending is a class index as figure() writes it.
std::optional<fs::path> withoutClassIndex(const fs::path& base)
{
    const std::string ending = base.extension().string();
    const bool isIndex = ending.size() > 1 && (ending[1] != '0' || ending.size() == 2) &&
                         std::all_of(ending.begin() + 1, ending.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isIndex)
        return std::nullopt;
    return base.parent_path() / base.stem();
}

using PictureOfBase = std::map<fs::path, PlannedPicture*>;

[[noreturn]] void throwCollision(const PlannedPicture& a, const PlannedPicture& b)
{
    throw Error(ErrorCode::BadArgument, b.input.string(),
                "expected every picture to have results of its own, but those of " + a.input.string() +
                    " have the same names",
                "Rename one of the two, or explain them into different folders");
}

/// Gives the picture's results its whole name. False where they have it.
bool keepEnding(PlannedPicture& picture)
{
    const fs::path whole = picture.base.parent_path() / picture.input.filename();
    return std::exchange(picture.base, whole) != whole;
}

/// The pictures by their results, where these are distinct; nothing where names had to be changed for that.
std::optional<PictureOfBase> distinctBases(std::vector<PlannedPicture>& plan)
{
    PictureOfBase pictureOfBase;
    bool isChanged = false;
    for (PlannedPicture& picture : plan) {
        const auto [place, isNew] = pictureOfBase.emplace(realPath(picture.base), &picture);
        if (isNew)
            continue;
        const bool changedBoth[] = {keepEnding(*place->second), keepEnding(picture)};
        if (!changedBoth[0] && !changedBoth[1])
            throwCollision(*place->second, picture);
        isChanged = true;
    }
    for (PlannedPicture& picture : plan) {
        const auto shorter = withoutClassIndex(realPath(picture.base));
        const auto found = shorter ? pictureOfBase.find(*shorter) : pictureOfBase.end();
        if (found == pictureOfBase.end())
            continue;
        if (!keepEnding(picture))
            throwCollision(*found->second, picture);
        isChanged = true;
    }
    return isChanged ? std::nullopt : std::optional(std::move(pictureOfBase));
}

void requirePicturesSafe(const std::vector<PlannedPicture>& plan, const PictureOfBase& pictureOfBase)
{
    for (const PlannedPicture& picture : plan) {
        const fs::path input = realPath(picture.input);
        const fs::path base = input.parent_path() / input.stem();
        const auto shorter = withoutClassIndex(base);
        const bool hit = pictureOfBase.contains(base) || (shorter && pictureOfBase.contains(*shorter));
        if (hit && (input.extension() == ".png" || input.extension() == ".npz"))
            throw Error(ErrorCode::BadArgument, picture.input.string(),
                        "expected --out to leave the pictures alone, but a result would replace this one",
                        "Choose another folder for --out");
    }
}

} // namespace

fs::path PlannedPicture::arrays() const
{
    return withEnding(base, ".npz");
}

fs::path PlannedPicture::figure(std::size_t position, int classIndex, const std::string& format) const
{
    return withEnding(base, (position == 0 ? "." : "." + std::to_string(classIndex) + ".") + format);
}

fs::path PlannedPicture::sourceFigure(int classIndex, const std::string& format) const
{
    return withEnding(base, "." + std::to_string(classIndex) + ".sources." + format);
}

bool liesWithin(const fs::path& inner, const fs::path& outer)
{
    return isBelow(realPath(inner), realPath(outer));
}

ImageFile singlePicture(const fs::path& path)
{
    const fs::path name = path.has_filename() ? path.filename() : path.parent_path().filename();
    return {path, name, {}};
}

ImageListing picturesToExplain(const fs::path& folder, const fs::path& out, const std::stop_token& stop)
{
    const fs::path results = realPath(out);
    const fs::path source = realPath(folder);
    if (results == source)
        throw Error(ErrorCode::BadArgument, "--out", "expected another folder than --images, got the same one",
                    "Figures beside the pictures would be taken for pictures in the next run");
    ImageListing listing = listImages(folder, stop);
    std::map<fs::path, bool> isResult; // by folder, for a link may lead there
    std::erase_if(listing.images, [&](const ImageFile& picture) {
        const fs::path parent = picture.path.parent_path();
        const auto [known, isNew] = isResult.emplace(parent, false);
        if (isNew)
            known->second = !isBelow(source, results) && isBelow(realPath(parent), results);
        if (known->second)
            listing.skipped.add("in the folder of the results", picture.relative.generic_string());
        return known->second;
    });
    if (listing.images.empty())
        throw Error(ErrorCode::NotFound, folder.string(),
                    "expected pictures in the folder, found none" +
                        (listing.skipped.empty() ? "" : "; " + listing.skipped.sentence()));
    return listing;
}

std::vector<PlannedPicture> planOutputs(const std::vector<ImageFile>& pictures, const fs::path& out)
{
    std::vector<PlannedPicture> plan;
    plan.reserve(pictures.size());
    for (const ImageFile& picture : pictures)
        plan.push_back({picture.path, picture.relative.generic_string(),
                        out / picture.relative.parent_path() / picture.relative.stem()});
    std::optional<PictureOfBase> pictureOfBase;
    while (!pictureOfBase) // a whole name may be another's stem; each round lengthens one at least
        pictureOfBase = distinctBases(plan);
    requirePicturesSafe(plan, *pictureOfBase);
    return plan;
}

void createFolder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorCode::Unreadable, folder.string(), "expected a folder to write to: " + error.message());
}

} // namespace ocellus
