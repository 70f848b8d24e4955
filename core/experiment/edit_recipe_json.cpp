// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/edit_recipe.h"

#include <algorithm>
#include <array>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/data/text_file.h"
#include "core/edit/edit_json.h"
#include "core/edit/edit_reader.h"
#include "core/io/strict_json.h"

namespace ocellus {

using nlohmann::json;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxParts = 1'000;
constexpr std::size_t maxTextBytes = 4'096;
constexpr int maxNumber = 1'000'000;
constexpr int largestLabel = 65'535;

constexpr std::array ofNames{"predicted", "true", "given"};
constexpr std::array unitNames{"longer-side", "pixels"};

struct RegionWriter {
    json operator()(const MaskFileRegion& region) const
    {
        json value{{"kind", "masks"}, {"folder", region.folder.generic_string()}};
        if (region.label)
            value["label"] = *region.label;
        return value;
    }
    json operator()(const AttentionRegion& region) const
    {
        return {{"kind", "attention"},        {"of", ofNames[static_cast<std::size_t>(region.of)]},
                {"class", region.classIndex}, {"layer", region.layer},
                {"head", region.head},        {"share", region.share}};
    }
    json operator()(const PartRegion& region) const
    {
        return {{"kind", "parts"},
                {"file", region.csv.generic_string()},
                {"parts", region.parts},
                {"radius", region.radius},
                {"unit", unitNames[static_cast<std::size_t>(region.unit)]}};
    }
    json operator()(const NamedMaskRegion& region) const
    {
        return {{"kind", "mask"}, {"name", region.name}, {"mask", jsonOf(region.mask)}};
    }
};

template <class Enum, std::size_t count>
Enum oneOf(const StrictJson& strict, const json& value, const char* what, const std::array<const char*, count>& names)
{
    const std::string& text = strict.text(value, what, maxTextBytes);
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end())
        strict.fail(std::string("expected a known \"") + what + "\", got \"" + text + "\"");
    return static_cast<Enum>(found - names.begin());
}

AttentionRegion attentionOf(const StrictJson& strict, const json& value)
{
    strict.requireKeys(value, "a region", {"kind", "of", "class", "layer", "head", "share"});
    AttentionRegion region;
    region.of = oneOf<AttentionRegion::Of>(strict, value["of"], "of", ofNames);
    region.classIndex = strict.integer(value["class"], "class", 0, maxNumber);
    region.layer = strict.integer(value["layer"], "layer", 0, maxNumber);
    region.head = strict.integer(value["head"], "head", 0, maxNumber);
    region.share = strict.number(value["share"], "share");
    return region;
}

MaskFileRegion masksOf(const StrictJson& strict, const json& value)
{
    if (!value.contains("label")) {
        strict.requireKeys(value, "a region", {"kind", "folder"});
        return {strict.text(value["folder"], "folder", maxTextBytes)};
    }
    strict.requireKeys(value, "a region", {"kind", "folder", "label"});
    return {strict.text(value["folder"], "folder", maxTextBytes),
            strict.integer(value["label"], "label", 0, largestLabel)};
}

PartRegion partsOf(const StrictJson& strict, const json& value)
{
    strict.requireKeys(value, "a region", {"kind", "file", "parts", "radius", "unit"});
    PartRegion region;
    region.csv = strict.text(value["file"], "file", maxTextBytes);
    strict.requireArray(value["parts"], "parts", maxParts);
    for (const json& part : value["parts"])
        region.parts.push_back(strict.text(part, "part", maxTextBytes));
    region.radius = strict.number(value["radius"], "radius");
    region.unit = oneOf<PartRegion::Unit>(strict, value["unit"], "unit", unitNames);
    return region;
}

Region regionOf(const StrictJson& strict, const json& value, const std::string& source)
{
    if (!value.is_object() || !value.contains("kind"))
        strict.fail("expected a region with a kind, got none");
    const std::string& kind = strict.text(value["kind"], "kind", maxTextBytes);
    if (kind == "masks")
        return masksOf(strict, value);
    if (kind == "attention")
        return attentionOf(strict, value);
    if (kind == "parts")
        return partsOf(strict, value);
    if (kind == "mask") {
        strict.requireKeys(value, "a region", {"kind", "name", "mask"});
        return NamedMaskRegion{strict.text(value["name"], "name", maxTextBytes),
                               EditReader(source).mask(value["mask"])};
    }
    strict.fail("expected masks, attention, parts or mask as a region's kind, got \"" + kind + "\"");
}

struct PathResolver {
    const fs::path& folder;

    void operator()(MaskFileRegion& region) const
    {
        if (!region.folder.empty())
            region.folder = folder / region.folder;
    }
    void operator()(AttentionRegion&) const {}
    void operator()(NamedMaskRegion&) const {}
    void operator()(PartRegion& region) const { region.csv = folder / region.csv; }
};

} // namespace

json jsonOf(const EditRecipe& recipe)
{
    return {{"region", std::visit(RegionWriter{}, recipe.region)},
            {"grow", recipe.grow},
            {"feather", recipe.feather},
            {"operation", jsonOf(recipe.operation)}};
}

EditRecipe recipeOf(const json& value, const std::string& source)
{
    const StrictJson strict(source);
    strict.requireKeys(value, "a recipe", {"region", "grow", "feather", "operation"});
    EditRecipe recipe;
    recipe.region = regionOf(strict, value["region"], source);
    recipe.grow = strict.number(value["grow"], "grow");
    recipe.feather = strict.number(value["feather"], "feather");
    recipe.operation = EditReader(source).operation(value["operation"]);
    try {
        requireValid(recipe);
    } catch (const Error& error) {
        throw Error(error.code(), source, error.detail());
    }
    return recipe;
}

EditRecipe readRecipe(const fs::path& path)
{
    constexpr std::uintmax_t maxBytes = 64U << 20; // a patch may be in it
    constexpr int maxDepth = 8;
    constexpr std::size_t maxValues = 100'000;
    const std::string text = readTextFile(path, "recipe", maxBytes).text;
    EditRecipe recipe = recipeOf(StrictJson(path.string()).parsed(text, maxDepth, maxValues), path.string());
    std::visit(PathResolver{path.parent_path()}, recipe.region);
    return recipe;
}

} // namespace ocellus
