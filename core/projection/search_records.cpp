// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/search_records.h"

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

constexpr int schema = 1, mostDepth = 5, mostSide = 1'000'000, mostCells = 1'000'000, mostPrototypes = 10'000'000;
constexpr std::size_t mostValues = 50'000'000, mostPictures = 2'000'000, mostFound = 1'000'000, hashBytes = 200;
constexpr std::uintmax_t mostBytes = std::uintmax_t{1} << 30;
constexpr std::size_t numbersOfPatch = 9;

ordered_json jsonOf(const SearchedPicture& picture)
{
    ordered_json found = ordered_json::array();
    for (const NearestPatch& patch : picture.found) {
        const MapBox& box = patch.box.box;
        found.push_back({patch.prototype, patch.similarity, patch.cell, box.top, box.bottom, box.left, box.right,
                         patch.box.stretched.width, patch.box.stretched.height});
    }
    return {{"sha256", picture.sha256},
            {"class", picture.classIndex},
            {"size", {picture.size.width, picture.size.height}},
            {"columns", picture.columns},
            {"found", std::move(found)}};
}

NearestPatch patchOf(const StrictJson& strict, const json& value)
{
    strict.requireArray(value, "found", numbersOfPatch);
    if (value.size() != numbersOfPatch)
        strict.fail("expected " + std::to_string(numbersOfPatch) + " numbers of a patch, got " +
                    std::to_string(value.size()));
    NearestPatch patch;
    patch.prototype = strict.integer(value[0], "prototype", 0, mostPrototypes);
    patch.similarity = strict.number(value[1], "similarity");
    patch.cell = strict.integer(value[2], "cell", 0, mostCells);
    patch.box.stretched = {strict.integer(value[7], "width", 1, mostSide),
                           strict.integer(value[8], "height", 1, mostSide)};
    MapBox& box = patch.box.box;
    box.top = strict.integer(value[3], "top", 0, patch.box.stretched.height - 1);
    box.bottom = strict.integer(value[4], "bottom", box.top + 1, patch.box.stretched.height);
    box.left = strict.integer(value[5], "left", 0, patch.box.stretched.width - 1);
    box.right = strict.integer(value[6], "right", box.left + 1, patch.box.stretched.width);
    return patch;
}

SearchedPicture pictureOf(const StrictJson& strict, const json& value)
{
    strict.requireKeys(value, "picture", {"sha256", "class", "size", "columns", "found"});
    SearchedPicture picture;
    picture.sha256 = strict.text(value["sha256"], "sha256", hashBytes);
    picture.classIndex = strict.integer(value["class"], "class", 0, mostPrototypes);
    strict.requireArray(value["size"], "size", 2);
    if (value["size"].size() != 2)
        strict.fail("expected a width and a height as size");
    picture.size = {strict.integer(value["size"][0], "width", 1, mostSide),
                    strict.integer(value["size"][1], "height", 1, mostSide)};
    picture.columns = strict.integer(value["columns"], "columns", 1, mostCells);
    strict.requireArray(value["found"], "found", mostFound);
    for (const json& patch : value["found"])
        picture.found.push_back(patchOf(strict, patch));
    return picture;
}

} // namespace

void SearchRecords::read(const std::filesystem::path& path)
{
    StrictJson strict(path.string());
    const json value = strict.parsed(readTextFile(path, "search of prototypes", mostBytes).text, mostDepth, mostValues);
    strict.requireKeys(value, "search", {"ocellus_search", "key", "pictures"});
    strict.integer(value["ocellus_search"], "ocellus_search", schema, schema);
    if (const std::string& key = strict.text(value["key"], "key", hashBytes); key != m_key)
        throw Error(ErrorCode::Mismatch, path.string(), "expected a search of " + m_key + ", got one of " + key);
    strict.requireArray(value["pictures"], "pictures", mostPictures);
    SearchRecords read(m_key);
    for (std::size_t i = 0; i < value["pictures"].size(); ++i) {
        strict.setPlace("picture " + std::to_string(i));
        read.insert(pictureOf(strict, value["pictures"][i]));
    }
    m_pictures = std::move(read.m_pictures);
}

void SearchRecords::write(const std::filesystem::path& path) const
{
    ordered_json pictures = ordered_json::array();
    for (const auto& [key, picture] : m_pictures)
        pictures.push_back(jsonOf(picture));
    std::error_code failure;
    std::filesystem::create_directories(path.parent_path(), failure); // where it cannot be made, the file cannot either
    writeFileAtomically(path,
                        jsonText({{"ocellus_search", schema}, {"key", m_key}, {"pictures", std::move(pictures)}}));
}

const SearchedPicture* SearchRecords::find(const std::string& sha256, int classIndex) const
{
    const auto known = m_pictures.find({sha256, classIndex});
    return known != m_pictures.end() ? &known->second : nullptr;
}

void SearchRecords::insert(SearchedPicture picture)
{
    std::pair<std::string, int> key{picture.sha256, picture.classIndex};
    m_pictures.insert_or_assign(std::move(key), std::move(picture));
}

} // namespace ocellus
