// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/prototype_projection.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/data/text_file.h"
#include "core/io/atomic_file.h"
#include "core/io/json_text.h"
#include "core/io/strict_json.h"

namespace ocellus {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr int schema = 2, mostDepth = 5, mostSide = 1'000'000, mostPrototypes = 10'000'000, mostPictures = 100'000'000;
constexpr std::size_t mostValues = 20'000'000, mostText = 10'000, boxNumbers = 4;
constexpr std::uintmax_t mostBytes = std::uintmax_t{1} << 28;

ordered_json jsonOf(const PixelBox& box)
{
    return {box.left, box.top, box.width, box.height};
}

ordered_json jsonOf(const ProjectedPrototype& found)
{
    const MapBox& map = found.published.box;
    const Size& stretched = found.published.stretched;
    return {{"prototype", found.prototype},
            {"class", found.classIndex},
            {"picture", found.picture.generic_string()},
            {"index", found.index},
            {"sha256", found.sha256},
            {"cell", {found.row, found.column}},
            {"similarity", found.similarity},
            {"distance", found.distance},
            {"is_prototype", found.isPrototype},
            {"published", {map.left, map.top, map.right - map.left, map.bottom - map.top}},
            {"stretched", {stretched.width, stretched.height}},
            {"box", jsonOf(found.box)},
            {"receptive", jsonOf(found.receptive)}};
}

std::pair<int, int> pairOf(const StrictJson& strict, const json& value, const char* what, int least)
{
    strict.requireArray(value, what, 2);
    if (value.size() != 2)
        strict.fail(std::string("expected two numbers as ") + what);
    return {strict.integer(value[0], what, least, mostSide), strict.integer(value[1], what, least, mostSide)};
}

PixelBox boxOf(const StrictJson& strict, const json& value, const char* what, int leastSide)
{
    strict.requireArray(value, what, boxNumbers);
    if (value.size() != boxNumbers)
        strict.fail(std::string("expected four numbers as ") + what);
    return {strict.integer(value[0], what, 0, mostSide), strict.integer(value[1], what, 0, mostSide),
            strict.integer(value[2], what, leastSide, mostSide), strict.integer(value[3], what, leastSide, mostSide)};
}

/// A path below the folder: a file from a stranger must not lead elsewhere.
std::filesystem::path pathBelow(const StrictJson& strict, const json& value)
{
    const std::filesystem::path path = strict.text(value, "picture", mostText);
    if (path.empty() || path.is_absolute() || std::ranges::find(path, "..") != path.end())
        strict.fail("expected a path below the folder as picture");
    return path;
}

ProjectedPrototype prototypeOf(const StrictJson& strict, const json& value)
{
    strict.requireKeys(value, "prototype",
                       {"prototype", "class", "picture", "index", "sha256", "cell", "similarity", "distance",
                        "is_prototype", "published", "stretched", "box", "receptive"});
    ProjectedPrototype found;
    found.prototype = strict.integer(value["prototype"], "prototype", 0, mostPrototypes);
    found.classIndex = strict.integer(value["class"], "class", 0, mostPrototypes);
    found.picture = pathBelow(strict, value["picture"]);
    found.index = strict.integer(value["index"], "index", 0, mostPictures);
    found.sha256 = strict.text(value["sha256"], "sha256", mostText);
    std::tie(found.row, found.column) = pairOf(strict, value["cell"], "cell", 0);
    found.similarity = strict.number(value["similarity"], "similarity");
    found.distance = strict.number(value["distance"], "distance");
    found.isPrototype = strict.boolean(value["is_prototype"], "is_prototype");
    const PixelBox published = boxOf(strict, value["published"], "published", 1);
    found.published.box = {published.top, published.bottom(), published.left, published.right()};
    std::tie(found.published.stretched.width, found.published.stretched.height) =
        pairOf(strict, value["stretched"], "stretched", 1);
    if (published.right() > found.published.stretched.width || published.bottom() > found.published.stretched.height)
        strict.fail("expected published within stretched");
    found.box = boxOf(strict, value["box"], "box", 1);
    found.receptive = boxOf(strict, value["receptive"], "receptive", 0);
    return found;
}

} // namespace

double PrototypeProjection::medianSimilarity() const
{
    std::vector<double> values;
    for (const ProjectedPrototype& prototype : found)
        values.push_back(prototype.similarity);
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::size_t PrototypeProjection::prototypesThemselves() const
{
    return static_cast<std::size_t>(std::ranges::count_if(found, &ProjectedPrototype::isPrototype));
}

void writeProjection(const std::filesystem::path& path, const PrototypeProjection& projection)
{
    ordered_json found = ordered_json::array();
    for (const ProjectedPrototype& prototype : projection.found)
        found.push_back(jsonOf(prototype));
    const ordered_json value = {{"ocellus_projection", schema},
                                {"key", projection.key},
                                {"model", projection.model},
                                {"folder", projection.folder.generic_string()},
                                {"pictures", projection.pictures},
                                {"unreadable", projection.unreadable},
                                {"largest_similarity", projection.largestSimilarity},
                                {"without", projection.without},
                                {"prototypes", std::move(found)}};
    std::error_code failure;
    std::filesystem::create_directories(path.parent_path(), failure); // where it cannot be made, the file cannot either
    writeFileAtomically(path, jsonText(value, 1));
}

PrototypeProjection readProjection(const std::filesystem::path& path)
{
    StrictJson strict(path.string());
    const json value = strict.parsed(readTextFile(path, "projection", mostBytes).text, mostDepth, mostValues);
    strict.requireKeys(value, "projection",
                       {"ocellus_projection", "key", "model", "folder", "pictures", "unreadable", "largest_similarity",
                        "without", "prototypes"});
    strict.integer(value["ocellus_projection"], "ocellus_projection", schema, schema);
    PrototypeProjection projection;
    projection.key = strict.text(value["key"], "key", mostText);
    projection.model = strict.text(value["model"], "model", mostText);
    projection.folder = strict.text(value["folder"], "folder", mostText);
    projection.pictures = static_cast<std::size_t>(strict.integer(value["pictures"], "pictures", 0, mostPictures));
    strict.requireArray(value["unreadable"], "unreadable", mostPictures);
    for (const json& text : value["unreadable"])
        projection.unreadable.push_back(strict.text(text, "unreadable", mostText));
    projection.largestSimilarity = strict.number(value["largest_similarity"], "largest_similarity");
    strict.requireArray(value["without"], "without", mostPrototypes);
    for (const json& prototype : value["without"])
        projection.without.push_back(strict.integer(prototype, "without", 0, mostPrototypes));
    strict.requireArray(value["prototypes"], "prototypes", mostPrototypes);
    for (std::size_t i = 0; i < value["prototypes"].size(); ++i) {
        strict.setPlace("prototype " + std::to_string(i));
        projection.found.push_back(prototypeOf(strict, value["prototypes"][i]));
    }
    return projection;
}

} // namespace ocellus
