// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/dataset_state.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace ocellus {

namespace {

/// Names of classes by number, so that merging costs as much as there are names, not pictures.
class Labels {
public:
    int of(const std::string& name)
    {
        std::vector<int>& numbers = m_numbers[name];
        if (numbers.empty()) {
            numbers.push_back(static_cast<int>(m_names.size()));
            m_names.push_back(name);
        }
        return numbers.front();
    }
    void merge(const std::vector<std::string>& from, const std::string& into)
    {
        for (const std::string& name : from) {
            const auto found = m_numbers.find(name);
            if (name == into || found == m_numbers.end())
                continue;
            const std::vector<int> moved = std::move(found->second);
            m_numbers.erase(found);
            std::vector<int>& numbers = m_numbers[into];
            numbers.insert(numbers.end(), moved.begin(), moved.end());
            for (const int number : moved)
                m_names[static_cast<std::size_t>(number)] = into;
        }
    }
    const std::string& name(int number) const { return m_names[static_cast<std::size_t>(number)]; }

private:
    std::vector<std::string> m_names;
    std::map<std::string, std::vector<int>> m_numbers;
};

/// Does one step after the other to the members, whose classIndex is a label meanwhile.
struct StepFolder {
    DatasetState& state;
    Labels& labels;

    DatasetMember& at(int picture) const { return state.members[static_cast<std::size_t>(picture)]; }

    void operator()(const ExcludePictures& step) const
    {
        for (const int picture : step.pictures)
            at(picture).excluded = step.reason.empty() ? "excluded" : step.reason;
    }
    void operator()(const IncludePictures& step) const
    {
        for (const int picture : step.pictures)
            at(picture).excluded.clear();
    }
    void operator()(const MergeClasses& step) const { labels.merge(step.from, step.into); }
    void operator()(const AssignClass& step) const
    {
        for (const int picture : step.pictures)
            at(picture).classIndex = labels.of(step.className);
    }
    void operator()(const AssignSplit& step) const
    {
        for (const int picture : step.pictures)
            at(picture).split = step.split;
    }
    void operator()(const DrawnSplit& step) const
    {
        for (DatasetMember& member : state.members)
            member.split = PictureSplit::Train;
        for (const int picture : step.val)
            at(picture).split = PictureSplit::Val;
        for (const int picture : step.test)
            at(picture).split = PictureSplit::Test;
        state.drawn = step.recipe;
    }
    void operator()(const AssignBoxes& step) const
    {
        for (std::size_t i = 0; i < step.pictures.size(); ++i)
            at(step.pictures[i]).box = step.boxes[i].empty() ? std::nullopt : std::optional(step.boxes[i]);
    }
    void operator()(const CropToBoxes& step) const { state.crop = step; }
};

void nameClasses(DatasetState& state)
{
    std::map<std::string, int> indices;
    for (const DatasetMember& member : state.members)
        if (member.excluded.empty())
            indices.emplace(member.className, 0);
    for (auto& [name, index] : indices) {
        index = static_cast<int>(state.classNames.size());
        state.classNames.push_back(name);
    }
    for (DatasetMember& member : state.members)
        member.classIndex = member.excluded.empty() ? indices.at(member.className) : -1;
}

} // namespace

std::vector<std::array<std::size_t, 4>> DatasetState::counts() const
{
    std::vector<std::array<std::size_t, 4>> result(classNames.size());
    for (const DatasetMember& member : members)
        if (member.takesPart())
            ++result[static_cast<std::size_t>(member.classIndex)][static_cast<std::size_t>(member.split)];
    return result;
}

std::size_t DatasetState::undivided() const
{
    return static_cast<std::size_t>(std::ranges::count_if(members, [](const DatasetMember& member) {
        return member.takesPart() && member.split == PictureSplit::Unset;
    }));
}

DatasetState stateOf(const Dataset& dataset)
{
    DatasetState state;
    state.members.reserve(dataset.pictures.size());
    Labels labels;
    for (const DatasetPicture& picture : dataset.pictures) {
        DatasetMember& member = state.members.emplace_back();
        member.classIndex = labels.of(picture.className);
        member.split = picture.split;
        member.box = picture.box;
    }
    for (const DatasetStep& step : dataset.steps)
        std::visit(StepFolder{state, labels}, step);
    for (DatasetMember& member : state.members)
        member.className = labels.name(member.classIndex);
    nameClasses(state);
    return state;
}

std::optional<PixelBox> cropOf(const DatasetState& state, std::size_t picture, Size size)
{
    const std::optional<PixelBox>& box = state.members[picture].box;
    if (!state.crop.on || !box)
        return std::nullopt;
    const PixelBox within = intersected(*box, wholeBox(size));
    const auto margin = static_cast<int>(std::lround(state.crop.margin * std::max(within.width, within.height)));
    const PixelBox crop = grown(within, margin, size);
    return crop.empty() || crop == wholeBox(size) ? std::nullopt : std::optional(crop);
}

} // namespace ocellus
