// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/dataset_split.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/csv_reader.h"
#include "core/data/specimen_names.h"

namespace ocellus {

namespace {

constexpr double mostShare = 0.9;

void requireSound(const SplitRecipe& recipe)
{
    const auto isShare = [](double share) { return share >= 0 && share <= mostShare; };
    if (!isShare(recipe.valShare) || !isShare(recipe.testShare) || !isShare(recipe.valShare + recipe.testShare) ||
        recipe.valShare + recipe.testShare <= 0)
        throw Error(ErrorCode::BadArgument, "split",
                    "expected shares for val and test that are together above 0 and at most 0.9, got " +
                        std::to_string(recipe.valShare) + " and " + std::to_string(recipe.testShare));
}

std::size_t columnOf(const Dataset& dataset, const std::string& name)
{
    for (std::size_t i = 0; i < dataset.columns.size(); ++i)
        if (headingKey(dataset.columns[i]) == headingKey(name))
            return i;
    std::string known;
    for (const std::string& column : dataset.columns)
        known += (known.empty() ? "" : ", ") + column;
    throw Error(ErrorCode::BadArgument, "split",
                "expected a column of the data set to group by, got \"" + name + "\"; it has " +
                    (known.empty() ? "none" : known),
                "Open the table with --group-column " + name + ", or group by stem or folder");
}

/// What pictures of one group share; empty for a picture by itself.
std::string keyOf(const Dataset& dataset, std::size_t i, const SplitRecipe& recipe, std::size_t column)
{
    const DatasetPicture& picture = dataset.pictures[i];
    switch (recipe.group) {
    case SplitGroup::None: return {};
    case SplitGroup::Stem: return (picture.path.parent_path() / specimenOf(picture.path)).generic_string();
    case SplitGroup::Folder: return picture.path.parent_path().generic_string();
    case SplitGroup::Column: return picture.columns[column];
    }
    return {};
}

/// Takes groups for one part after the other.
class Draw {
public:
    Draw(const DatasetState& state, const SplitRecipe& recipe, std::vector<std::vector<int>> groups)
        : m_state(state),
          m_recipe(recipe),
          m_groups(std::move(groups)),
          m_isTaken(m_groups.size()),
          m_all(state.classNames.size()),
          m_left(state.classNames.size())
    {
        for (const DatasetMember& member : state.members)
            if (member.takesPart())
                ++m_all[static_cast<std::size_t>(member.classIndex)];
        m_left = m_all;
    }

    std::vector<int> take(double share, std::uint64_t part, bool eachClass)
    {
        if (share <= 0)
            return {};
        m_taken.assign(m_all.size(), 0);
        const std::vector<std::size_t> order = shuffled(part);
        for (const std::size_t group : order)
            if (!m_isTaken[group] && keepsTraining(group) && bringsNearer(group, share))
                takeGroup(group);
        for (std::size_t classIndex = 0; eachClass && classIndex < m_all.size(); ++classIndex)
            for (std::size_t i = 0; i < order.size() && m_taken[classIndex] == 0; ++i)
                if (!m_isTaken[order[i]] && has(order[i], classIndex) && keepsTraining(order[i]))
                    takeGroup(order[i]);
        std::ranges::sort(m_drawn);
        return std::exchange(m_drawn, {});
    }

private:
    std::vector<std::size_t> shuffled(std::uint64_t part) const
    {
        std::vector<std::size_t> order(m_groups.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        RandomStream random{m_recipe.seed, part};
        for (auto left = static_cast<int>(order.size()); left > 1; --left)
            std::swap(order[static_cast<std::size_t>(left - 1)], order[static_cast<std::size_t>(random.below(left))]);
        return order;
    }

    std::map<std::size_t, double> countsOf(std::size_t group) const
    {
        std::map<std::size_t, double> counts;
        for (const int picture : m_groups[group])
            ++counts[static_cast<std::size_t>(m_state.members[static_cast<std::size_t>(picture)].classIndex)];
        return counts;
    }

    bool has(std::size_t group, std::size_t classIndex) const { return countsOf(group).contains(classIndex); }

    bool keepsTraining(std::size_t group) const
    {
        return std::ranges::all_of(countsOf(group),
                                   [this](const auto& count) { return m_left[count.first] - count.second >= 1; });
    }

    bool bringsNearer(std::size_t group, double share) const
    {
        const std::map<std::size_t, double> counts = countsOf(group);
        const auto change = [](double taken, double more, double wanted) {
            return std::abs(taken + more - wanted) - std::abs(taken - wanted);
        };
        double sum = 0;
        if (m_recipe.stratified) {
            for (const auto& [classIndex, count] : counts)
                sum += change(m_taken[classIndex], count, share * m_all[classIndex]);
            return sum < 0;
        }
        double taken = 0, all = 0;
        for (std::size_t i = 0; i < m_all.size(); ++i) {
            taken += m_taken[i];
            all += m_all[i];
        }
        return change(taken, static_cast<double>(m_groups[group].size()), share * all) < 0;
    }

    void takeGroup(std::size_t group)
    {
        m_isTaken[group] = true;
        for (const auto& [classIndex, count] : countsOf(group)) {
            m_taken[classIndex] += count;
            m_left[classIndex] -= count;
        }
        m_drawn.insert(m_drawn.end(), m_groups[group].begin(), m_groups[group].end());
    }

    const DatasetState& m_state;
    const SplitRecipe& m_recipe;
    std::vector<std::vector<int>> m_groups;
    std::vector<bool> m_isTaken;
    std::vector<double> m_all, m_left, m_taken; ///< pictures of each class
    std::vector<int> m_drawn;
};

} // namespace

std::vector<std::vector<int>> groupsToKeep(const Dataset& dataset, const DatasetState& state, const SplitRecipe& recipe,
                                           const std::vector<NearDuplicate>& alike)
{
    const std::size_t column = recipe.group == SplitGroup::Column ? columnOf(dataset, recipe.column) : 0;
    std::vector<NearDuplicate> pairs;
    std::map<std::string, int> ofKey, ofContent;
    const auto joinBy = [&pairs](std::map<std::string, int>& known, const std::string& key, int picture) {
        const auto [first, isNew] = known.emplace(key, picture);
        if (!isNew)
            pairs.push_back({first->second, picture});
    };
    const auto takesPart = [&state](int picture) {
        return state.members[static_cast<std::size_t>(picture)].takesPart();
    };
    for (std::size_t i = 0; i < dataset.pictures.size(); ++i) {
        const auto picture = static_cast<int>(i);
        if (!takesPart(picture))
            continue;
        if (const std::string key = keyOf(dataset, i, recipe, column); !key.empty())
            joinBy(ofKey, key, picture);
        if (const std::string& sha256 = dataset.pictures[i].sha256; !sha256.empty())
            joinBy(ofContent, sha256, picture);
    }
    std::ranges::copy_if(alike, std::back_inserter(pairs),
                         [&](const NearDuplicate& pair) { return takesPart(pair.first) && takesPart(pair.second); });
    std::vector<std::vector<int>> groups = groupsOf(pairs, dataset.pictures.size());
    std::vector<bool> inGroup(dataset.pictures.size());
    for (const std::vector<int>& group : groups)
        for (const int picture : group)
            inGroup[static_cast<std::size_t>(picture)] = true;
    for (std::size_t i = 0; i < dataset.pictures.size(); ++i)
        if (!inGroup[i] && takesPart(static_cast<int>(i)))
            groups.push_back({static_cast<int>(i)});
    std::ranges::sort(groups, {}, [](const std::vector<int>& group) { return group.front(); });
    return groups;
}

DrawnSplit drawSplit(const Dataset& dataset, const SplitRecipe& recipe, const std::vector<NearDuplicate>& alike)
{
    requireSound(recipe);
    const DatasetState state = stateOf(dataset);
    Draw draw(state, recipe, groupsToKeep(dataset, state, recipe, alike));
    enum Part : std::uint64_t { TestPart = 1, ValPart = 2 };
    DrawnSplit result;
    result.recipe = recipe;
    result.test = draw.take(recipe.testShare, TestPart, false);
    result.val = draw.take(recipe.valShare, ValPart, true);
    if (result.val.empty() && result.test.empty())
        throw Error(ErrorCode::BadArgument, "split",
                    "expected two groups of pictures of some class at least, to draw from, got none",
                    "Group by something finer, such as stem");
    return result;
}

void setGroup(SplitRecipe& recipe, const std::string& text, const std::string& option)
{
    const std::string column = "column:";
    recipe.column.clear();
    if (text == "none")
        recipe.group = SplitGroup::None;
    else if (text == "stem")
        recipe.group = SplitGroup::Stem;
    else if (text == "folder")
        recipe.group = SplitGroup::Folder;
    else if (text.starts_with(column) && text.size() > column.size()) {
        recipe.group = SplitGroup::Column;
        recipe.column = text.substr(column.size());
    } else {
        throw Error(ErrorCode::BadArgument, option, "expected stem, folder, none or column:NAME, got \"" + text + "\"");
    }
}

} // namespace ocellus
