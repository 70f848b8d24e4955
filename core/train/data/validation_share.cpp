// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/validation_share.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/data/specimen_names.h"
#include "core/train/data/training_classes.h"

namespace ocellus {

namespace {

/// Places in TrainingSet::train.
using Group = std::vector<std::size_t>;

/// Pictures of one specimen, with those of others that have the same content.
std::vector<Group> groupsOf(const std::vector<TrainingPicture>& pictures, const Group& ofClass)
{
    std::map<std::string, std::size_t> groupOfKey;
    std::vector<Group> groups;
    const auto join = [&groups](std::size_t kept, std::size_t other) {
        groups[kept].insert(groups[kept].end(), groups[other].begin(), groups[other].end());
        groups[other].clear();
    };
    for (const std::size_t i : ofClass) {
        const std::filesystem::path& relative = pictures[i].relative;
        const std::string specimen = (relative.parent_path() / specimenOf(relative)).generic_string();
        const auto [bySpecimen, isNew] = groupOfKey.emplace("/" + specimen, groups.size());
        if (isNew)
            groups.push_back({});
        const std::size_t group = bySpecimen->second;
        groups[group].push_back(i);
        const auto [byContent, isNewContent] = groupOfKey.emplace(pictures[i].sha256, group);
        if (!isNewContent && byContent->second != group) {
            const std::size_t other = byContent->second;
            join(group, other);
            for (auto& [key, place] : groupOfKey)
                place = place == other ? group : place;
        }
    }
    std::erase_if(groups, [](const Group& group) { return group.empty(); });
    return groups;
}

void shuffle(std::vector<Group>& groups, RandomStream random)
{
    for (auto left = static_cast<int>(groups.size()); left > 1; --left)
        std::swap(groups[static_cast<std::size_t>(left - 1)], groups[static_cast<std::size_t>(random.below(left))]);
}

} // namespace

void drawValidation(TrainingSet& set, double share, std::uint64_t seed)
{
    std::vector<Group> ofClass(set.classNames.size());
    for (std::size_t i = 0; i < set.train.size(); ++i)
        ofClass[static_cast<std::size_t>(set.train[i].classIndex)].push_back(i);
    std::set<std::size_t> drawn;
    std::vector<std::string> tooFew;
    std::size_t specimens = 0;
    for (std::size_t classIndex = 0; classIndex < ofClass.size(); ++classIndex) {
        std::vector<Group> groups = groupsOf(set.train, ofClass[classIndex]);
        specimens += groups.size();
        if (groups.size() < 2) {
            tooFew.push_back(set.classNames[classIndex]);
            continue;
        }
        shuffle(groups, RandomStream{seed, contentKey(set.classNames[classIndex]).low});
        const double wanted = share * static_cast<double>(ofClass[classIndex].size());
        std::size_t taken = 0;
        for (std::size_t i = 0; i + 1 < groups.size() && (i == 0 || static_cast<double>(taken) + 0.5 < wanted); ++i) {
            taken += groups[i].size();
            drawn.insert(groups[i].begin(), groups[i].end());
        }
    }
    if (!tooFew.empty())
        throw Error(ErrorCode::Damaged, set.folder.string(),
                    "expected two specimens of each class at least, to draw some for validation, got fewer of " +
                        listed(tooFew),
                    "Add pictures of these classes, or name them so that specimens can be told apart");
    std::vector<TrainingPicture> kept;
    for (std::size_t i = 0; i < set.train.size(); ++i)
        (drawn.contains(i) ? set.val : kept).push_back(std::move(set.train[i]));
    set.train = std::move(kept);
    set.notes.push_back(std::to_string(set.val.size()) + " of " + std::to_string(set.val.size() + set.train.size()) +
                        " pictures were drawn for validation with seed " + std::to_string(seed) +
                        ", specimens kept whole (" + std::to_string(specimens) + " by their names)");
}

} // namespace ocellus
