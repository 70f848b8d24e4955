// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/near_duplicates.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/work_on_all.h"

namespace ocellus {

namespace {

/// The closer look at two whose low frequencies are alike.
std::optional<NearDuplicate> compared(const std::vector<Fingerprint>& all, std::size_t first, std::size_t second,
                                      const DuplicateThresholds& thresholds)
{
    const WaveLikeness waves = waveLikeness(all[first], all[second]);
    NearDuplicate best{static_cast<int>(first), static_cast<int>(second), 0, false};
    for (const bool mirrored : {false, true}) {
        if ((mirrored ? waves.mirrored : waves.upright) < thresholds.waves)
            continue;
        const double likeness = alignedLikeness(all[first], all[second], mirrored);
        if (likeness > best.likeness) {
            best.likeness = likeness;
            best.mirrored = mirrored;
        }
    }
    return best.likeness >= thresholds.aligned ? std::optional(best) : std::nullopt;
}

/// Which pictures hang together so far.
class Components {
public:
    explicit Components(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0); }

    std::size_t root(std::size_t i)
    {
        while (m_parent[i] != i)
            i = m_parent[i] = m_parent[m_parent[i]];
        return i;
    }
    void join(const NearDuplicate& pair)
    {
        const std::size_t a = root(static_cast<std::size_t>(pair.first));
        const std::size_t b = root(static_cast<std::size_t>(pair.second));
        m_parent[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::size_t> m_parent;
};

/// Goes through the pairs in one order on any number of threads, and looks closely at none whose pictures hang together
/// already: a camera that stands still would make millions of them.
class Search {
public:
    Search(const std::vector<Fingerprint>& fingerprints, const DuplicateThresholds& thresholds)
        : m_all(fingerprints),
          m_thresholds(thresholds),
          m_components(fingerprints.size())
    {
    }

    std::vector<NearDuplicate> run(const Progress& progress)
    {
        const Progress silent(progress.stopToken());
        takeDistinct();
        std::vector<std::vector<std::size_t>> candidates(rowsAtATime);
        for (std::size_t row = 0; row < m_distinct.size(); row += rowsAtATime) {
            progress.at(Stage::Read, static_cast<double>(row) / static_cast<double>(m_distinct.size()));
            const std::size_t rows = std::min(rowsAtATime, m_distinct.size() - row);
            workOnAll(
                rows, [&](std::size_t i) { candidates[i] = candidatesOf(row + i); }, Stage::Read, silent);
            for (std::size_t i = 0; i < rows; ++i)
                for (const std::size_t second : candidates[i])
                    consider(m_distinct[row + i], second, silent);
        }
        look(silent);
        progress.at(Stage::Read, 1);
        return std::move(m_found);
    }

private:
    static constexpr std::size_t rowsAtATime = 64;
    static constexpr std::size_t looksAtATime = 128;

    /// One of those with the same brightness everywhere stands for all.
    void takeDistinct()
    {
        std::map<std::string_view, std::size_t> known;
        for (std::size_t i = 0; i < m_all.size(); ++i) {
            if (m_all[i].isPlain())
                continue;
            const auto& grey = m_all[i].grey;
            const auto [first, isNew] =
                known.emplace(std::string_view(reinterpret_cast<const char*>(grey.data()), grey.size()), i);
            if (isNew)
                m_distinct.push_back(i);
            else
                keep({static_cast<int>(first->second), static_cast<int>(i), 1, false});
        }
    }

    std::vector<std::size_t> candidatesOf(std::size_t row) const
    {
        std::vector<std::size_t> result;
        for (std::size_t other = row + 1; other < m_distinct.size(); ++other) {
            const WaveLikeness waves = waveLikeness(m_all[m_distinct[row]], m_all[m_distinct[other]]);
            if (std::max(waves.upright, waves.mirrored) >= m_thresholds.waves)
                result.push_back(m_distinct[other]);
        }
        return result;
    }

    void consider(std::size_t first, std::size_t second, const Progress& silent)
    {
        if (m_components.root(first) == m_components.root(second))
            return;
        m_waiting.push_back({first, second});
        if (m_waiting.size() == looksAtATime)
            look(silent);
    }

    void look(const Progress& silent)
    {
        std::vector<std::optional<NearDuplicate>> found(m_waiting.size());
        workOnAll(
            m_waiting.size(),
            [&](std::size_t i) { found[i] = compared(m_all, m_waiting[i].first, m_waiting[i].second, m_thresholds); },
            Stage::Read, silent);
        m_waiting.clear();
        for (const std::optional<NearDuplicate>& pair : found)
            if (pair)
                keep(*pair);
    }

    void keep(const NearDuplicate& pair)
    {
        m_found.push_back(pair);
        m_components.join(pair);
    }

    const std::vector<Fingerprint>& m_all;
    DuplicateThresholds m_thresholds;
    Components m_components;
    std::vector<std::size_t> m_distinct;
    std::vector<std::pair<std::size_t, std::size_t>> m_waiting;
    std::vector<NearDuplicate> m_found;
};

} // namespace

std::vector<NearDuplicate> findNearDuplicates(const std::vector<Fingerprint>& fingerprints, const Progress& progress,
                                              const DuplicateThresholds& thresholds)
{
    return Search(fingerprints, thresholds).run(progress);
}

std::vector<std::vector<int>> groupsOf(const std::vector<NearDuplicate>& pairs, std::size_t count)
{
    Components components(count);
    for (const NearDuplicate& pair : pairs)
        components.join(pair);
    std::map<std::size_t, std::vector<int>> groups;
    for (std::size_t i = 0; i < count; ++i)
        groups[components.root(i)].push_back(static_cast<int>(i));
    std::vector<std::vector<int>> result;
    for (auto& [first, members] : groups)
        if (members.size() > 1)
            result.push_back(std::move(members));
    return result;
}

} // namespace ocellus
