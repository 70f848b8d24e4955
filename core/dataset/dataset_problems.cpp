// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/dataset_problems.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "core/data/class_table.h"
#include "core/data/name_text.h"

namespace ocellus {

namespace {

std::string counted(std::size_t count, const std::string& one, const std::string& many)
{
    return count == 1 ? "1 " + one : std::to_string(count) + " " + many;
}

/// Two names are hard to tell apart where these are equal.
std::string lookOf(const std::string& className)
{
    std::string look = withoutAccents(displayName(className));
    std::ranges::replace(look, '-', ' ');
    return look;
}

/// Goes through a data set and collects.
class ProblemSearch {
public:
    ProblemSearch(const Dataset& dataset, const DatasetState& state, const Examination& examination,
                  const ProblemLimits& limits)
        : m_dataset(dataset),
          m_state(state),
          m_examination(examination),
          m_limits(limits)
    {
    }

    std::vector<DatasetProblem> run()
    {
        if (!m_examination.pictures.empty()) {
            findBadFiles();
            findOddChannels();
            findCopies();
        }
        findBadBoxes();
        findSimilarNames();
        findSmallClasses();
        findTooFewClasses();
        findGapsInSplit();
        std::ranges::stable_sort(m_problems, {}, &DatasetProblem::kind);
        return std::move(m_problems);
    }

private:
    const DatasetMember& member(int picture) const { return m_state.members[static_cast<std::size_t>(picture)]; }
    const ExaminedPicture& examined(int picture) const
    {
        return m_examination.pictures[static_cast<std::size_t>(picture)];
    }

    std::vector<int> picturesWhere(const std::function<bool(int)>& is) const
    {
        std::vector<int> result;
        for (std::size_t i = 0; i < m_state.members.size(); ++i)
            if (m_state.members[i].takesPart() && is(static_cast<int>(i)))
                result.push_back(static_cast<int>(i));
        return result;
    }

    void addExcludable(ProblemKind kind, std::vector<int> pictures, const std::string& one, const std::string& many,
                       const std::string& wayOut, const std::string& reason)
    {
        if (pictures.empty())
            return;
        DatasetProblem& problem = m_problems.emplace_back();
        problem.kind = kind;
        problem.sentence = counted(pictures.size(), one, many);
        problem.wayOut = wayOut;
        problem.remedy = ExcludePictures{pictures, reason};
        problem.pictures = std::move(pictures);
    }

    void findBadFiles()
    {
        addExcludable(ProblemKind::Unreadable, picturesWhere([this](int i) { return !examined(i).unreadable.empty(); }),
                      "picture cannot be read", "pictures cannot be read", "Repair them, or exclude them",
                      "unreadable");
        const auto isWhole = [this](int i) { return examined(i).unreadable.empty(); };
        addExcludable(ProblemKind::Changed, picturesWhere([&](int i) { return isWhole(i) && examined(i).isChanged; }),
                      "picture is not the one that the data set was made of",
                      "pictures are not those that the data set was made of", "Put the old files back, or exclude them",
                      "changed");
        addExcludable(ProblemKind::Damaged,
                      picturesWhere([&](int i) { return isWhole(i) && !examined(i).remark.empty(); }),
                      "picture has something out of the ordinary", "pictures have something out of the ordinary",
                      "Look at them, and exclude those that are damaged", "out of the ordinary");
        addExcludable(ProblemKind::Tiny, picturesWhere([&](int i) { return isWhole(i) && isTiny(i); }),
                      "picture is smaller than " + std::to_string(m_limits.tinySide) + " pixels",
                      "pictures are smaller than " + std::to_string(m_limits.tinySide) + " pixels",
                      "Exclude them, or find larger ones", "tiny");
    }

    bool isTiny(int i) const
    {
        const Size size = m_dataset.pictures[static_cast<std::size_t>(i)].size;
        const PixelBox seen = cropOf(m_state, static_cast<std::size_t>(i), size).value_or(wholeBox(size));
        return std::min(seen.width, seen.height) < m_limits.tinySide;
    }

    /// The few that are otherwise than most.
    void findOddChannels()
    {
        const auto isWhole = [this](int i) { return examined(i).unreadable.empty(); };
        std::vector<int> grey = picturesWhere([&](int i) { return isWhole(i) && examined(i).isGrey; });
        std::vector<int> coloured = picturesWhere([&](int i) { return isWhole(i) && !examined(i).isGrey; });
        if (grey.empty() || coloured.empty())
            return;
        const bool greyAreFew = grey.size() <= coloured.size();
        addExcludable(ProblemKind::Grey, greyAreFew ? std::move(grey) : std::move(coloured),
                      greyAreFew ? "picture is grey among coloured ones" : "picture has colours among grey ones",
                      greyAreFew ? "pictures are grey among coloured ones" : "pictures have colours among grey ones",
                      "Exclude them where the species have none of their own", greyAreFew ? "grey" : "coloured");
    }

    bool isJudging(int i) const
    {
        return member(i).split == PictureSplit::Val || member(i).split == PictureSplit::Test;
    }

    bool isAcross(const std::vector<int>& group) const
    {
        const auto isTraining = [this](int i) { return member(i).split == PictureSplit::Train; };
        return std::ranges::any_of(group, isTraining) &&
               std::ranges::any_of(group, [this](int i) { return isJudging(i); });
    }

    /// Of pictures that take part.
    std::vector<std::vector<int>> sameContent() const
    {
        std::map<std::string, std::vector<int>> groups;
        for (const int i : picturesWhere([this](int p) { return examined(p).unreadable.empty(); }))
            groups[m_dataset.pictures[static_cast<std::size_t>(i)].sha256].push_back(i);
        std::vector<std::vector<int>> result;
        for (auto& [sha256, group] : groups)
            if (group.size() > 1)
                result.push_back(std::move(group));
        std::ranges::sort(result);
        return result;
    }

    void findCopies()
    {
        std::vector<NearDuplicate> pairs;
        for (const NearDuplicate& pair : m_examination.nearDuplicates)
            if (member(pair.first).takesPart() && member(pair.second).takesPart())
                pairs.push_back(pair);
        const std::vector<std::vector<int>> same = sameContent();
        for (const std::vector<int>& group : same) {
            addTwoClasses(group);
            for (std::size_t i = 1; i < group.size(); ++i)
                pairs.push_back({group[0], group[i], 1, false});
        }
        std::vector<int> surplus, told;
        for (const std::vector<int>& group : same)
            if (isInTwoClasses(group)) // which of them is surplus nobody knows
                told.insert(told.end(), group.begin(), group.end());
            else if (!isAcross(group))
                surplus.insert(surplus.end(), group.begin() + 1, group.end());
        std::ranges::sort(surplus);
        addExcludable(ProblemKind::SameContent, surplus, "picture is there more than once",
                      "pictures are there more than once", "Exclude all copies but the first",
                      "copy of another picture");
        told.insert(told.end(), surplus.begin(), surplus.end());
        addAlike(groupsOf(pairs, m_dataset.pictures.size()), std::set<int>(told.begin(), told.end()));
    }

    bool isInTwoClasses(const std::vector<int>& group) const
    {
        return std::ranges::any_of(group, [&](int i) { return member(i).className != member(group[0]).className; });
    }

    void addTwoClasses(const std::vector<int>& group)
    {
        std::set<std::string> names;
        for (const int i : group)
            names.insert(member(i).className);
        if (names.size() < 2)
            return;
        addExcludable(ProblemKind::TwoClasses, group, "", "copies of one picture are in different classes",
                      "Find out which it is, or exclude all", "in two classes");
        m_problems.back().classNames.assign(names.begin(), names.end());
    }

    void addAlike(const std::vector<std::vector<int>>& groups, const std::set<int>& copies)
    {
        std::vector<int> across, alike;
        std::size_t groupsAcross = 0;
        for (const std::vector<int>& group : groups) {
            const bool isLeak = isAcross(group);
            groupsAcross += isLeak;
            for (const int i : group)
                if (isLeak ? isJudging(i) : i != group.front() && !copies.contains(i))
                    (isLeak ? across : alike).push_back(i);
        }
        std::ranges::sort(across);
        std::ranges::sort(alike);
        if (!across.empty()) {
            DatasetProblem& problem = m_problems.emplace_back();
            problem.kind = ProblemKind::AcrossSplit;
            problem.sentence = counted(across.size(), "picture to judge by is", "pictures to judge by are") +
                               " nearly or quite the same as others to learn from, which makes accuracy a lie";
            problem.wayOut = "Move them to train, or draw the split anew: it keeps such pictures together";
            problem.remedy = AssignSplit{across, PictureSplit::Train};
            problem.pictures = std::move(across);
        }
        addExcludable(ProblemKind::NearDuplicates, std::move(alike), "picture is nearly the same as another one",
                      "pictures are nearly the same as others",
                      "Keep them: a drawn split keeps them together. Exclude them where one species has too many",
                      "nearly the same as another picture");
    }

    void findBadBoxes()
    {
        std::vector<int> bad = picturesWhere([this](int i) {
            const Size size = m_dataset.pictures[static_cast<std::size_t>(i)].size;
            const std::optional<PixelBox>& box = member(i).box;
            return box && size.width > 0 && intersected(*box, wholeBox(size)).empty();
        });
        if (bad.empty())
            return;
        DatasetProblem& problem = m_problems.emplace_back();
        problem.kind = ProblemKind::BoxOutside;
        problem.sentence = counted(bad.size(), "box lies", "boxes lie") + " outside the picture";
        problem.wayOut = "Take these boxes away, or give boxes that were drawn on pictures of this size";
        problem.remedy = AssignBoxes{bad, std::vector<PixelBox>(bad.size())};
        problem.pictures = std::move(bad);
    }

    void findSimilarNames()
    {
        std::map<std::string, std::vector<std::string>> byLook;
        for (const std::string& name : m_state.classNames)
            byLook[lookOf(name)].push_back(name);
        std::map<std::string, std::size_t> sizes;
        for (const DatasetMember& one : m_state.members)
            sizes[one.className] += one.takesPart();
        for (const auto& [look, names] : byLook) {
            if (names.size() < 2)
                continue;
            DatasetProblem& problem = m_problems.emplace_back();
            problem.kind = ProblemKind::SimilarNames;
            problem.classNames = names;
            for (const std::string& name : names)
                problem.sentence += (problem.sentence.empty() ? "" : " and ") + name;
            problem.sentence += " are species of their own, but look like one";
            problem.wayOut = "Merge them where they are one species, or rename one of them";
            const std::string into =
                *std::ranges::max_element(names, {}, [&sizes](const std::string& name) { return sizes[name]; });
            MergeClasses merge{{}, into};
            std::ranges::copy_if(names, std::back_inserter(merge.from), [&](const auto& name) { return name != into; });
            problem.remedy = std::move(merge);
        }
    }

    void findSmallClasses()
    {
        std::vector<std::size_t> counts(m_state.classNames.size());
        for (const DatasetMember& one : m_state.members)
            if (one.takesPart())
                ++counts[static_cast<std::size_t>(one.classIndex)];
        DatasetProblem few;
        few.kind = ProblemKind::FewPictures;
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (counts[i] < static_cast<std::size_t>(m_limits.fewPictures))
                few.classNames.push_back(m_state.classNames[i]);
        if (!few.classNames.empty()) {
            few.sentence = counted(few.classNames.size(), "species has", "species have") + " fewer than " +
                           std::to_string(m_limits.fewPictures) + " pictures";
            few.wayOut = "Add pictures, merge what belongs together, or exclude these species";
            few.pictures = picturesWhere([&](int i) {
                return counts[static_cast<std::size_t>(member(i).classIndex)] <
                       static_cast<std::size_t>(m_limits.fewPictures);
            });
            if (counts.size() - few.classNames.size() > 1) // else nothing would be left to tell apart
                few.remedy = ExcludePictures{few.pictures, "of a species with few pictures"};
            else
                few.wayOut = "Add pictures, or merge what belongs together";
            m_problems.push_back(std::move(few));
        }
        if (counts.empty())
            return;
        const auto [least, most] = std::ranges::minmax_element(counts);
        if (static_cast<double>(*most) < m_limits.imbalance * static_cast<double>(*least))
            return;
        DatasetProblem& problem = m_problems.emplace_back();
        problem.kind = ProblemKind::Imbalance;
        problem.classNames = {m_state.classNames[static_cast<std::size_t>(most - counts.begin())],
                              m_state.classNames[static_cast<std::size_t>(least - counts.begin())]};
        problem.sentence = problem.classNames[0] + " has " + std::to_string(*most) + " pictures and " +
                           problem.classNames[1] + " has " + std::to_string(*least);
        problem.wayOut = "Judge by the macro average, which counts each species alike; add pictures of those with few";
    }

    void findTooFewClasses()
    {
        if (m_dataset.pictures.empty() || m_state.classNames.size() > 1)
            return;
        DatasetProblem& problem = m_problems.emplace_back();
        problem.kind = ProblemKind::TooFewClasses;
        problem.classNames = m_state.classNames;
        problem.sentence = m_state.classNames.empty() ? "No picture takes part"
                                                      : "All pictures are of " + m_state.classNames.front() +
                                                            ": a model tells at least two apart";
        problem.wayOut = m_dataset.steps.empty()
                             ? "Open a folder with a folder of pictures for each, or a table that names them"
                             : "Take back what was decided (Undo), or add a folder";
    }

    void findGapsInSplit()
    {
        const auto counts = m_state.counts();
        const auto sumOf = [&counts](PictureSplit split) {
            std::size_t sum = 0;
            for (const auto& count : counts)
                sum += count[static_cast<std::size_t>(split)];
            return sum;
        };
        for (const PictureSplit split : {PictureSplit::Train, PictureSplit::Val}) {
            if (sumOf(PictureSplit::Train) == 0 || sumOf(split) == 0)
                continue;
            DatasetProblem problem;
            problem.kind = ProblemKind::NotInSplit;
            for (std::size_t i = 0; i < counts.size(); ++i)
                if (counts[i][static_cast<std::size_t>(split)] == 0)
                    problem.classNames.push_back(m_state.classNames[i]);
            if (problem.classNames.empty())
                continue;
            problem.sentence = counted(problem.classNames.size(), "species has", "species have") + " no pictures in " +
                               std::string(toString(split));
            problem.wayOut = "Draw the split anew, or move some of their pictures there";
            m_problems.push_back(std::move(problem));
        }
    }

    const Dataset& m_dataset;
    const DatasetState& m_state;
    const Examination& m_examination;
    ProblemLimits m_limits;
    std::vector<DatasetProblem> m_problems;
};

} // namespace

std::string_view toString(ProblemKind kind)
{
    static constexpr std::array<std::string_view, 15> names{
        "unreadable",   "changed",         "damaged",         "tiny",        "grey",          "two_classes",
        "across_split", "same_content",    "near_duplicates", "box_outside", "similar_names", "few_pictures",
        "imbalance",    "too_few_classes", "not_in_split"};
    return names[static_cast<std::size_t>(kind)];
}

std::vector<DatasetProblem> problemsOf(const Dataset& dataset, const DatasetState& state,
                                       const Examination& examination, const ProblemLimits& limits)
{
    return ProblemSearch(dataset, state, examination, limits).run();
}

} // namespace ocellus
