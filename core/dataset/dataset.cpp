// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/dataset.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/data/csv_reader.h"
#include "core/data/name_text.h"
#include "core/dataset/dataset_state.h"

namespace ocellus {

namespace {

[[noreturn]] void refuse(const std::string& detail)
{
    throw Error(ErrorCode::BadArgument, "data set", detail);
}

/// Checks a step against the data set that it is for.
struct StepCheck {
    const Dataset& dataset;

    void operator()(const ExcludePictures& step) const { requirePictures(step.pictures); }
    void operator()(const IncludePictures& step) const { requirePictures(step.pictures); }
    void operator()(const MergeClasses& step) const
    {
        requireName(step.into);
        if (step.from.empty() || step.from == std::vector{step.into})
            refuse("expected a class with another name");
    }
    void operator()(const AssignClass& step) const
    {
        requirePictures(step.pictures);
        requireName(step.className);
    }
    void operator()(const AssignSplit& step) const
    {
        requirePictures(step.pictures);
        if (step.split == PictureSplit::Unset)
            refuse("expected train, val or test");
    }
    void operator()(const DrawnSplit& step) const
    {
        std::vector<int> all = step.val;
        all.insert(all.end(), step.test.begin(), step.test.end());
        requirePictures(all);
    }
    void operator()(const AssignBoxes& step) const
    {
        requirePictures(step.pictures);
        if (step.boxes.size() != step.pictures.size())
            refuse("expected a box for each picture, got " + std::to_string(step.boxes.size()) + " for " +
                   std::to_string(step.pictures.size()));
    }
    void operator()(const CropToBoxes& step) const
    {
        if (!(step.margin >= 0 && step.margin <= 1))
            refuse("expected a margin from 0 to 1 of the box, got " + std::to_string(step.margin));
    }

    void requirePictures(const std::vector<int>& pictures) const
    {
        if (pictures.empty())
            refuse("expected pictures, got none");
        std::set<int> seen;
        for (const int picture : pictures)
            if (picture < 0 || static_cast<std::size_t>(picture) >= dataset.pictures.size() ||
                !seen.insert(picture).second)
                refuse("expected each picture once and from 0 to " + std::to_string(dataset.pictures.size() - 1) +
                       ", got " + std::to_string(picture));
    }
    static void requireName(const std::string& name)
    {
        if (name.empty() || name.size() > mostClassNameBytes || normalised(name) != name)
            refuse("expected a class name of 1 to " + std::to_string(mostClassNameBytes) +
                   " bytes without white space at its ends, got \"" + name.substr(0, 80) + "\"");
    }
};

void requireClasses(const Dataset& dataset, const std::vector<std::string>& names)
{
    std::set<std::string> known;
    for (const DatasetMember& member : stateOf(dataset).members)
        known.insert(member.className);
    for (const std::string& name : names)
        if (!known.contains(name))
            refuse("expected a class of the data set, got \"" + name + "\"");
}

std::string counted(std::size_t count, const std::string& one)
{
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

/// Says a step in words.
struct StepWords {
    std::string operator()(const ExcludePictures& step) const
    {
        return "Exclude " + counted(step.pictures.size(), "picture") + (step.reason.empty() ? "" : ": " + step.reason);
    }
    std::string operator()(const IncludePictures& step) const
    {
        return "Take " + counted(step.pictures.size(), "picture") + " back in";
    }
    std::string operator()(const MergeClasses& step) const
    {
        std::string names;
        for (const std::string& name : step.from)
            names += (names.empty() ? "" : ", ") + name;
        return (step.from.size() == 1 ? "Rename " : "Merge ") + names + " to " + step.into;
    }
    std::string operator()(const AssignClass& step) const
    {
        return "Put " + counted(step.pictures.size(), "picture") + " into " + step.className;
    }
    std::string operator()(const AssignSplit& step) const
    {
        return "Move " + counted(step.pictures.size(), "picture") + " to " + std::string(toString(step.split));
    }
    std::string operator()(const DrawnSplit& step) const
    {
        return "Draw " + counted(step.val.size(), "picture") + " for val" +
               (step.test.empty() ? "" : " and " + std::to_string(step.test.size()) + " for test") + ", seed " +
               std::to_string(step.recipe.seed);
    }
    std::string operator()(const AssignBoxes& step) const
    {
        return "Set the boxes of " + counted(step.pictures.size(), "picture");
    }
    std::string operator()(const CropToBoxes& step) const
    {
        return step.on ? "Crop to the boxes with a margin of " + std::to_string(std::lround(step.margin * 100)) + " %"
                       : "Show whole pictures";
    }
};

} // namespace

bool DatasetPicture::operator==(const DatasetPicture& other) const
{
    const auto samePart = [](const PartPoint& a, const PartPoint& b) {
        return a.part == b.part && a.place.x == b.place.x && a.place.y == b.place.y;
    };
    return path == other.path && className == other.className && split == other.split && box == other.box &&
           std::ranges::equal(parts, other.parts, samePart) && columns == other.columns && size == other.size &&
           sha256 == other.sha256 && bytes == other.bytes;
}

void requireSound(const Dataset& dataset, const DatasetStep& step)
{
    std::visit(StepCheck{dataset}, step);
}

void addStep(Dataset& dataset, DatasetStep step)
{
    if (dataset.steps.size() >= mostDatasetSteps)
        throw Error(ErrorCode::TooLarge, "data set", "expected at most " + std::to_string(mostDatasetSteps) + " steps");
    requireSound(dataset, step);
    if (const auto* merge = std::get_if<MergeClasses>(&step))
        requireClasses(dataset, merge->from);
    dataset.steps.push_back(std::move(step));
}

std::optional<DatasetStep> undoStep(Dataset& dataset)
{
    if (dataset.steps.empty())
        return std::nullopt;
    DatasetStep last = std::move(dataset.steps.back());
    dataset.steps.pop_back();
    return last;
}

std::string describe(const DatasetStep& step)
{
    return std::visit(StepWords(), step);
}

std::string_view toString(PictureSplit split)
{
    switch (split) {
    case PictureSplit::Unset: return "";
    case PictureSplit::Train: return "train";
    case PictureSplit::Val: return "val";
    case PictureSplit::Test: return "test";
    }
    return "";
}

std::optional<PictureSplit> splitFromWord(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, PictureSplit>, 8> words{{{"train", PictureSplit::Train},
                                                                                     {"training", PictureSplit::Train},
                                                                                     {"val", PictureSplit::Val},
                                                                                     {"valid", PictureSplit::Val},
                                                                                     {"validation", PictureSplit::Val},
                                                                                     {"dev", PictureSplit::Val},
                                                                                     {"test", PictureSplit::Test},
                                                                                     {"testing", PictureSplit::Test}}};
    const std::string key = headingKey(word);
    const auto found = std::ranges::find(words, key, &std::pair<std::string_view, PictureSplit>::first);
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

} // namespace ocellus
