// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/class_arrangement.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "core/analysis/kept_trust.h"
#include "core/data/class_selection.h"

namespace ocellus {

namespace {

/// Average linkage by chains of nearest neighbours (F. Murtagh 1983, The Computer Journal 26:354).
class Linkage {
public:
    Linkage(std::vector<float> alike, std::size_t n) : m_alike(std::move(alike)), m_n(n)
    {
        for (std::size_t i = 0; i < n; ++i)
            m_leaves.push_back({static_cast<int>(i)});
    }

    std::vector<int> order(const std::vector<float>& leaves)
    {
        std::vector<std::size_t> chain;
        for (std::size_t left = m_n; left > 1;) {
            if (chain.empty())
                chain.push_back(firstThere());
            const std::size_t last = chain.back();
            const std::size_t before = chain.size() > 1 ? chain[chain.size() - 2] : m_n;
            const std::size_t next = nearest(last, before);
            if (next != before) {
                chain.push_back(next);
                continue;
            }
            chain.resize(chain.size() - 2);
            merge(std::min(last, before), std::max(last, before), leaves);
            --left;
        }
        return m_n == 0 ? std::vector<int>() : m_leaves[firstThere()];
    }

private:
    float at(std::size_t a, std::size_t b) const { return m_alike[a * m_n + b]; }
    bool isThere(std::size_t cluster) const { return !m_leaves[cluster].empty(); }

    std::size_t firstThere() const
    {
        std::size_t first = 0;
        while (!isThere(first))
            ++first;
        return first;
    }

    /// Of equal ones `preferred`, so that the chain ends.
    std::size_t nearest(std::size_t cluster, std::size_t preferred) const
    {
        std::size_t best = preferred;
        for (std::size_t other = 0; other < m_n; ++other)
            if (other != cluster && isThere(other) && (best == m_n || at(cluster, other) > at(cluster, best)))
                best = other;
        return best;
    }

    void merge(std::size_t a, std::size_t b, const std::vector<float>& leaves)
    {
        const auto sizeA = static_cast<float>(m_leaves[a].size()), sizeB = static_cast<float>(m_leaves[b].size());
        for (std::size_t other = 0; other < m_n; ++other)
            if (other != a && other != b && isThere(other))
                m_alike[a * m_n + other] = m_alike[other * m_n + a] =
                    (sizeA * at(a, other) + sizeB * at(b, other)) / (sizeA + sizeB);
        join(m_leaves[a], m_leaves[b], leaves);
        m_leaves[b].clear();
    }

    /// The four ways to lay the two in a row differ in which ends meet.
    void join(std::vector<int>& first, std::vector<int>& second, const std::vector<float>& leaves) const
    {
        const auto meet = [&](int a, int b) {
            return leaves[static_cast<std::size_t>(a) * m_n + static_cast<std::size_t>(b)];
        };
        const float ends[]{meet(first.back(), second.front()), meet(first.front(), second.front()),
                           meet(first.back(), second.back()), meet(first.front(), second.back())};
        const auto best = std::ranges::max_element(ends) - std::begin(ends);
        if (best == 1 || best == 3)
            std::ranges::reverse(first);
        if (best == 2 || best == 3)
            std::ranges::reverse(second);
        first.insert(first.end(), second.begin(), second.end());
    }

    std::vector<float> m_alike;
    std::size_t m_n;
    std::vector<std::vector<int>> m_leaves; ///< by cluster; none where it has gone into another one
};

} // namespace

std::vector<int> orderedByLikeness(const std::vector<float>& alike, std::size_t n)
{
    return Linkage(alike, n).order(alike);
}

std::vector<float> classLikeness(std::span<const EvaluatedOne> pictures, const std::vector<int>& classes)
{
    const std::size_t n = classes.size();
    std::map<int, std::size_t> place;
    for (std::size_t i = 0; i < n; ++i)
        place.emplace(classes[i], i);
    std::vector<double> sums(n * n);
    std::vector<int> counts(n);
    for (const EvaluatedOne& one : pictures) {
        const auto row = place.find(one.asked.trueClass);
        if (row == place.end())
            continue;
        const std::vector<double> probabilities = KeptTrust().probabilities(one.asked.logits);
        for (std::size_t column = 0; column < n; ++column)
            sums[row->second * n + column] += probabilities[static_cast<std::size_t>(classes[column])];
        ++counts[row->second];
    }
    std::vector<float> alike(n * n);
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            if (a != b)
                alike[a * n + b] = static_cast<float>(sums[a * n + b] / std::max(counts[a], 1) +
                                                      sums[b * n + a] / std::max(counts[b], 1));
    return alike;
}

std::vector<int> arranged(std::vector<int> classes, ClassArrangement arrangement, const ClassTable& table,
                          const std::vector<float>& alike)
{
    const auto entry = [&table](int classIndex) -> const ClassTable::Entry& {
        return table.entries[static_cast<std::size_t>(classIndex)];
    };
    switch (arrangement) {
    case ClassArrangement::Model: std::ranges::sort(classes); break;
    case ClassArrangement::Name:
        std::ranges::sort(classes, {}, [&](int c) { return std::pair(displayName(entry(c).name), c); });
        break;
    case ClassArrangement::Genus:
        std::ranges::sort(classes, {}, [&](int c) {
            const std::string genus = genusOf(entry(c));
            return std::tuple(genus.empty(), genus, displayName(entry(c).name), c);
        });
        break;
    case ClassArrangement::Similarity: {
        std::vector<int> order;
        for (const int place : orderedByLikeness(alike, classes.size()))
            order.push_back(classes[static_cast<std::size_t>(place)]);
        return order;
    }
    }
    return classes;
}

} // namespace ocellus
