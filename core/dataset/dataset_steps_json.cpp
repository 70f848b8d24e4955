// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/dataset_steps_json.h"

#include <array>
#include <cstdint>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/dataset/dataset.h"
#include "core/dataset/dataset_split.h"

namespace ocellus {

using nlohmann::json;

namespace {

constexpr std::size_t mostReasonBytes = 1'000;
constexpr int farthestPixel = 1'000'000;

std::string groupText(const SplitRecipe& recipe)
{
    switch (recipe.group) {
    case SplitGroup::None: return "none";
    case SplitGroup::Stem: return "stem";
    case SplitGroup::Folder: return "folder";
    case SplitGroup::Column: return "column:" + recipe.column;
    }
    return {};
}

/// Writes each kind of step under its name.
struct StepWriter {
    json operator()(const ExcludePictures& step) const
    {
        return {{"do", "exclude"}, {"pictures", step.pictures}, {"reason", step.reason}};
    }
    json operator()(const IncludePictures& step) const { return {{"do", "include"}, {"pictures", step.pictures}}; }
    json operator()(const MergeClasses& step) const
    {
        return {{"do", "merge"}, {"from", step.from}, {"into", step.into}};
    }
    json operator()(const AssignClass& step) const
    {
        return {{"do", "class"}, {"pictures", step.pictures}, {"class", step.className}};
    }
    json operator()(const AssignSplit& step) const
    {
        return {{"do", "split"}, {"pictures", step.pictures}, {"split", toString(step.split)}};
    }
    json operator()(const DrawnSplit& step) const
    {
        return {{"do", "draw"},
                {"val_share", step.recipe.valShare},
                {"test_share", step.recipe.testShare},
                {"stratified", step.recipe.stratified},
                {"group", groupText(step.recipe)},
                {"seed", step.recipe.seed},
                {"val", step.val},
                {"test", step.test}};
    }
    json operator()(const AssignBoxes& step) const
    {
        json boxes = json::array();
        for (const PixelBox& box : step.boxes)
            boxes.push_back(jsonOf(box));
        return {{"do", "boxes"}, {"pictures", step.pictures}, {"boxes", std::move(boxes)}};
    }
    json operator()(const CropToBoxes& step) const
    {
        return {{"do", "crop"}, {"on", step.on}, {"margin", step.margin}};
    }
};

std::vector<int> picturesFromJson(const StrictJson& reader, const json& value)
{
    reader.requireArray(value, "pictures", mostDatasetPictures);
    std::vector<int> pictures;
    for (const json& picture : value)
        pictures.push_back(reader.integer(picture, "pictures", 0, static_cast<int>(mostDatasetPictures)));
    return pictures;
}

std::vector<std::string> namesFromJson(const StrictJson& reader, const json& value)
{
    reader.requireArray(value, "from", mostDatasetPictures);
    std::vector<std::string> names;
    for (const json& name : value)
        names.push_back(reader.text(name, "from", mostClassNameBytes));
    return names;
}

std::uint64_t seedFromJson(const StrictJson& reader, const json& value)
{
    if (!value.is_number_unsigned())
        reader.fail("expected a whole number of at least 0 as \"seed\"");
    return value.get<std::uint64_t>();
}

DrawnSplit drawFromJson(const StrictJson& reader, const json& value)
{
    reader.requireKeys(value, "a step",
                       {"do", "val_share", "test_share", "stratified", "group", "seed", "val", "test"});
    DrawnSplit step;
    step.recipe.valShare = reader.number(value["val_share"], "val_share");
    step.recipe.testShare = reader.number(value["test_share"], "test_share");
    step.recipe.stratified = reader.boolean(value["stratified"], "stratified");
    step.recipe.seed = seedFromJson(reader, value["seed"]);
    try {
        setGroup(step.recipe, reader.text(value["group"], "group", mostClassNameBytes), "group");
    } catch (const Error& error) {
        reader.fail(error.detail());
    }
    step.val = picturesFromJson(reader, value["val"]);
    step.test = picturesFromJson(reader, value["test"]);
    return step;
}

AssignBoxes boxesFromJson(const StrictJson& reader, const json& value)
{
    reader.requireKeys(value, "a step", {"do", "pictures", "boxes"});
    AssignBoxes step;
    step.pictures = picturesFromJson(reader, value["pictures"]);
    reader.requireArray(value["boxes"], "boxes", mostDatasetPictures);
    for (const json& box : value["boxes"])
        step.boxes.push_back(boxFromJson(reader, box));
    return step;
}

} // namespace

json jsonOf(const PixelBox& box)
{
    return json::array({box.left, box.top, box.width, box.height});
}

PixelBox boxFromJson(const StrictJson& reader, const json& value)
{
    constexpr std::size_t numbers = 4;
    reader.requireArray(value, "box", numbers);
    if (value.size() != numbers)
        reader.fail("expected left, top, width and height as \"box\"");
    const auto number = [&](std::size_t i, int least) { return reader.integer(value[i], "box", least, farthestPixel); };
    return {number(0, -farthestPixel), number(1, -farthestPixel), number(2, 0), number(3, 0)};
}

PictureSplit splitFromJson(const StrictJson& reader, const json& value)
{
    const std::string& text = reader.text(value, "split");
    for (const PictureSplit split : {PictureSplit::Train, PictureSplit::Val, PictureSplit::Test})
        if (text == toString(split))
            return split;
    reader.fail("expected train, val or test as \"split\"");
}

json jsonOf(const DatasetStep& step)
{
    return std::visit(StepWriter(), step);
}

DatasetStep stepFromJson(const StrictJson& reader, const json& value)
{
    if (!value.is_object() || !value.contains("do"))
        reader.fail("expected an object with \"do\"");
    const std::string& kind = reader.text(value["do"], "do");
    if (kind == "draw")
        return drawFromJson(reader, value);
    if (kind == "boxes")
        return boxesFromJson(reader, value);
    if (kind == "exclude") {
        reader.requireKeys(value, "a step", {"do", "pictures", "reason"});
        return ExcludePictures{picturesFromJson(reader, value["pictures"]),
                               reader.text(value["reason"], "reason", mostReasonBytes)};
    }
    if (kind == "include") {
        reader.requireKeys(value, "a step", {"do", "pictures"});
        return IncludePictures{picturesFromJson(reader, value["pictures"])};
    }
    if (kind == "merge") {
        reader.requireKeys(value, "a step", {"do", "from", "into"});
        return MergeClasses{namesFromJson(reader, value["from"]), reader.text(value["into"], "into")};
    }
    if (kind == "class") {
        reader.requireKeys(value, "a step", {"do", "pictures", "class"});
        return AssignClass{picturesFromJson(reader, value["pictures"]), reader.text(value["class"], "class")};
    }
    if (kind == "split") {
        reader.requireKeys(value, "a step", {"do", "pictures", "split"});
        return AssignSplit{picturesFromJson(reader, value["pictures"]), splitFromJson(reader, value["split"])};
    }
    if (kind == "crop") {
        reader.requireKeys(value, "a step", {"do", "on", "margin"});
        return CropToBoxes{reader.boolean(value["on"], "on"), reader.number(value["margin"], "margin")};
    }
    reader.fail("expected a step that is known, got \"" + kind.substr(0, 40) + "\"");
}

} // namespace ocellus
