// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/region_finder.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_file.h"
#include "core/edit/mask_selection.h"
#include "core/edit/mask_shapes.h"
#include "core/io/csv.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

void requireParts(const PartRegion& region, const PartPoints& points)
{
    for (const std::string& part : region.parts) {
        if (std::ranges::binary_search(points.parts, part))
            continue;
        std::string known;
        for (const std::string& name : points.parts)
            known += (known.empty() ? "" : ", ") + name;
        throw Error(ErrorCode::Mismatch, region.csv.string(),
                    "expected parts that the file has points of (" + known + "), got \"" + part + "\"");
    }
}

/// Index from 0 of a layer or head that counts from 1.
int indexOf(const char* what, int number, int count)
{
    if (number < 1 || number > count)
        throw Error(ErrorCode::BadArgument, "recipe",
                    std::string("expected a ") + what + " from 1 to " + std::to_string(count) + ", got " +
                        std::to_string(number));
    return number - 1;
}

std::vector<float> mapOf(const AttentionRegion& region, const Decoding& decoding, int classIndex)
{
    const Decoding::Extent& extent = decoding.extent();
    if (extent.layers == 0)
        throw Error(ErrorCode::BadArgument, "recipe", "expected a model with class queries, got a plain classifier");
    const int layer = region.layer == 0 ? extent.layers - 1 : indexOf("layer", region.layer, extent.layers);
    if (region.head == 0)
        return decoding.meanAttention(layer, classIndex);
    return decoding.attention(layer, indexOf("head", region.head, extent.heads), classIndex);
}

FoundRegion findAttention(const AttentionRegion& region, const ExperimentPicture& picture, const Decoding& decoding,
                          const CellGeometry& geometry)
{
    if (region.of == AttentionRegion::Of::True && !picture.trueClass)
        return {Mask(geometry.pictureSize()), "its true class is not known"};
    int classIndex = region.classIndex;
    if (region.of == AttentionRegion::Of::Predicted)
        classIndex = decoding.classes()[static_cast<std::size_t>(decoding.ranking().front())];
    else if (region.of == AttentionRegion::Of::True)
        classIndex = *picture.trueClass;
    const std::vector<float> map = mapOf(region, decoding, classIndex);
    return {thresholdMask(map, geometry, thresholdForShare(map, region.share)), {}};
}

FoundRegion findNamed(const NamedMaskRegion& region, const ExperimentPicture& picture, Size size)
{
    const Mask& mask = picture.mask.empty() ? region.mask : picture.mask;
    if (mask.pictureSize() != size)
        return {Mask(size), "the mask is of a picture of another size"};
    return {mask, {}};
}

} // namespace

std::optional<fs::path> maskFileOf(const MaskFileRegion& region, const ImageFile& picture)
{
    const fs::path folder =
        region.folder.empty() ? picture.path.parent_path() : region.folder / picture.relative.parent_path();
    const std::string name = picture.path.stem().string();
    for (const char* ending : {".mask.png", ".png"}) {
        const fs::path path = folder / (name + ending);
        std::error_code failure; // what cannot be looked at is no mask
        if (fs::is_regular_file(path, failure) && !fs::equivalent(path, picture.path, failure))
            return path;
    }
    return std::nullopt;
}

std::vector<ExperimentPicture> removeMasks(std::vector<ExperimentPicture>& pictures, const EditRecipe& recipe)
{
    const auto* region = std::get_if<MaskFileRegion>(&recipe.region);
    if (!region)
        return {};
    std::set<fs::path> masks;
    for (const ExperimentPicture& picture : pictures)
        if (const std::optional<fs::path> mask = maskFileOf(*region, picture.file))
            masks.insert(mask->lexically_normal());
    const auto taken = std::stable_partition(pictures.begin(), pictures.end(), [&](const ExperimentPicture& picture) {
        return !picture.file.path.filename().string().ends_with(".mask.png") &&
               !masks.contains(picture.file.path.lexically_normal());
    });
    std::vector<ExperimentPicture> removed(std::make_move_iterator(taken), std::make_move_iterator(pictures.end()));
    pictures.erase(taken, pictures.end());
    return removed;
}

RegionFinder::RegionFinder(const EditRecipe& recipe, const DecodeOptions& decode) : m_recipe(recipe), m_decode(decode)
{
    requireValid(recipe);
    if (const auto* parts = std::get_if<PartRegion>(&recipe.region)) {
        m_points = readPartPoints(parts->csv);
        requireParts(*parts, m_points);
    }
}

FoundRegion RegionFinder::find(const ExperimentPicture& picture, const Decoding& decoding,
                               const CellGeometry& geometry) const
{
    FoundRegion found;
    if (const auto* attention = std::get_if<AttentionRegion>(&m_recipe.region))
        found = findAttention(*attention, picture, decoding, geometry);
    else if (const auto* masks = std::get_if<MaskFileRegion>(&m_recipe.region))
        found = findIn(*masks, picture, geometry.pictureSize());
    else if (const auto* named = std::get_if<NamedMaskRegion>(&m_recipe.region))
        found = findNamed(*named, picture, geometry.pictureSize());
    else
        found = findIn(std::get<PartRegion>(m_recipe.region), picture, geometry.pictureSize());
    if (found.mask.empty())
        return found;
    if (m_recipe.grow != 0)
        found.mask = m_recipe.grow > 0 ? grownBy(found.mask, m_recipe.grow) : shrunkBy(found.mask, -m_recipe.grow);
    found.mask = feathered(found.mask, m_recipe.feather);
    if (found.mask.empty())
        found.nothing = "nothing is left of the region after shrinking it";
    return found;
}

FoundRegion RegionFinder::findIn(const MaskFileRegion& region, const ExperimentPicture& picture, Size size) const
{
    const std::optional<fs::path> path = maskFileOf(region, picture.file);
    if (!path)
        return {Mask(size), "it has no mask"};
    const Mask mask = readMask(*path, size, region.label, m_decode);
    if (!mask.empty())
        return {mask, {}};
    return {mask,
            region.label ? "label " + std::to_string(*region.label) + " is not in its mask" : "its mask is empty"};
}

std::string RegionFinder::nameInPoints(const ExperimentPicture& picture) const
{
    const fs::path& relative = picture.file.relative;
    std::vector<fs::path> names{relative, picture.folder / relative};
    // The file of points may begin at any folder above the one that was listed.
    const fs::path path = picture.file.path.relative_path();
    fs::path folder = path;
    for (auto part = relative.begin(); part != relative.end(); ++part)
        folder = folder.parent_path();
    for (; folder.has_filename(); folder = folder.parent_path())
        names.push_back(folder.filename() / path.lexically_relative(folder));
    for (const fs::path& candidate : names)
        if (std::string name = PartPoints::nameOf(candidate.generic_string()); m_points.points.contains(name))
            return name;
    return {};
}

FoundRegion RegionFinder::findIn(const PartRegion& region, const ExperimentPicture& picture, Size size) const
{
    const std::vector<PartPoint> points = m_points.inPixels(nameInPoints(picture), size);
    if (points.empty())
        return {Mask(size), "it has no part points"};
    const double radius =
        region.radius * (region.unit == PartRegion::Unit::Pixels ? 1 : std::max(size.width, size.height));
    Mask mask(size);
    for (const PartPoint& point : points)
        if (std::ranges::find(region.parts, m_points.parts[point.part]) != region.parts.end())
            mask = added(mask,
                         ellipseMask(size, {point.place.x - radius, point.place.y - radius, 2 * radius, 2 * radius}));
    return {mask, mask.empty() ? "no part of the recipe is visible" : ""};
}

std::string RegionFinder::drawnFor(const ExperimentPicture& picture) const
{
    if (const auto* masks = std::get_if<MaskFileRegion>(&m_recipe.region)) {
        const std::optional<fs::path> path = maskFileOf(*masks, picture.file);
        return path ? sha256OfFile(*path) : std::string();
    }
    if (!picture.mask.empty()) {
        const ContentKey key = picture.mask.key();
        return CsvLine().number(key.low).number(key.high).str();
    }
    return std::holds_alternative<PartRegion>(m_recipe.region) ? pointsOf(picture) : std::string();
}

/// All that PartPoints::inPixels() takes, also of parts that the recipe does not name: they may refuse the picture.
std::string RegionFinder::pointsOf(const ExperimentPicture& picture) const
{
    const std::string name = nameInPoints(picture);
    const auto points = m_points.points.find(name);
    if (points == m_points.points.end())
        return {};
    CsvLine line;
    line.number(static_cast<int>(m_points.unit));
    if (const auto size = m_points.sizes.find(name); size != m_points.sizes.end())
        line.text("of").number(size->second.width).number(size->second.height);
    for (const PartPoint& point : points->second)
        line.text(m_points.parts[point.part]).number(point.place.x).number(point.place.y);
    return line.str();
}

} // namespace ocellus
