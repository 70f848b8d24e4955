// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/decoding.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/engine/cell_shares.h"
#include "core/engine/softmax.h"
#include "core/engine/tree_answer.h"

namespace ocellus {
namespace {

/// Of prototypes or concepts, which some class has; attention has none.
bool hasParts(const MapSource& maps, int layer, const Decoding::Extent& extent)
{
    for (int query = 0; query < extent.queries; ++query)
        for (int head = 0; head < extent.heads; ++head)
            if (maps.part(layer, head, query))
                return true;
    return false;
}

} // namespace

Decoding::Decoding(ContentKey key, QuerySet set, Extent extent, std::vector<int> queryOfClass, Arrays arrays)
    : m_key(key),
      m_set(std::move(set)),
      m_extent(extent),
      m_queryOfClass(std::move(queryOfClass)),
      m_logits(std::exchange(arrays.logits, {})),
      m_arrays(std::make_shared<const Arrays>(std::move(arrays))),
      m_untouched(m_arrays)
{
    if (m_set.mode == LimitMode::Drop) {
        m_classes = m_set.active;
    } else {
        m_classes.resize(static_cast<std::size_t>(m_extent.classes));
        std::iota(m_classes.begin(), m_classes.end(), 0);
    }
    m_hasLogits = !m_logits.empty() || m_classes.empty();
    if (!m_hasLogits)
        m_logits.resize(m_classes.size());
    if (m_logits.size() != m_classes.size())
        throw Error(ErrorCode::Internal, "logits",
                    "expected " + std::to_string(m_classes.size()) + ", got " + std::to_string(m_logits.size()));
    rank();
}

Decoding::Decoding(ContentKey key, const Decoding& whole, AttentionIntervention intervention, Answer answer)
    : Decoding(whole)
{
    m_key = key;
    if (answer.logits.size() == m_logits.size())
        m_logits = std::exchange(answer.logits, {});
    else
        m_logits[position(intervention.classIndex)] = answer.logit;
    m_intervention = std::move(intervention);
    if (answer.arrays)
        m_arrays = std::move(answer.arrays);
    else
        m_changed = std::move(answer);
    rank();
}

void Decoding::rank()
{
    m_probabilities = softmax(m_logits);
    m_ranking.resize(m_classes.size());
    std::iota(m_ranking.begin(), m_ranking.end(), 0);
    // A zero vector's logit is that of no class, however high: it comes after those of the classes that take part.
    std::vector<bool> isZero(m_classes.size(), m_set.mode == LimitMode::Zero);
    if (m_set.mode == LimitMode::Zero)
        for (const int classIndex : m_set.active)
            if (hasClass(classIndex)) // a copy can hold one class alone
                isZero[position(classIndex)] = false;
    std::sort(m_ranking.begin(), m_ranking.end(), [&](int a, int b) {
        const auto i = static_cast<std::size_t>(a);
        const auto j = static_cast<std::size_t>(b);
        if (isZero[i] != isZero[j])
            return static_cast<bool>(isZero[j]);
        return m_logits[i] != m_logits[j] ? m_logits[i] > m_logits[j] : m_classes[i] < m_classes[j];
    });
}

bool Decoding::hasClass(int classIndex) const
{
    return classIndex >= 0 && classIndex < m_extent.classes &&
           m_queryOfClass[static_cast<std::size_t>(classIndex)] >= 0;
}

bool Decoding::isActive(int classIndex) const
{
    if (m_set.mode == LimitMode::All)
        return hasClass(classIndex);
    return std::find(m_set.active.begin(), m_set.active.end(), classIndex) != m_set.active.end();
}

float Decoding::logit(int classIndex) const
{
    return m_logits[position(classIndex)];
}

float Decoding::probability(int classIndex) const
{
    return m_probabilities[position(classIndex)];
}

std::vector<float> Decoding::attention(int layer, int head, int classIndex) const
{
    requireMap(layer, head);
    const std::size_t row = query(classIndex);
    if (!isChanged(classIndex) || layer < m_extent.layers - 1) {
        const std::optional<MapSource::Part> own = tree() ? part(layer, head, classIndex) : std::nullopt;
        return isGone(own ? own->prototype : head) ? std::vector<float>(m_extent.cells())
                                                   : m_arrays->maps->attention(layer, head, static_cast<int>(row));
    }
    const std::span<const float> map =
        std::span(m_changed->attention).subspan(static_cast<std::size_t>(head) * m_extent.cells(), m_extent.cells());
    return {map.begin(), map.end()};
}

std::vector<float> Decoding::scores(int layer, int head, int classIndex) const
{
    requireMap(layer, head);
    return m_arrays->maps->scores(layer, head, static_cast<int>(query(classIndex)));
}

MapSource::Shares Decoding::shares(int layer, int head, int classIndex) const
{
    requireMap(layer, head);
    return m_arrays->maps->shares(layer, head, static_cast<int>(query(classIndex)));
}

std::optional<MapSource::Part> Decoding::part(int layer, int head, int classIndex) const
{
    requireMap(layer, head);
    if (isChanged(classIndex) && !m_changed->parts.empty())
        return m_changed->parts[static_cast<std::size_t>(head)];
    return m_arrays->maps->part(layer, head, static_cast<int>(query(classIndex)));
}

int Decoding::removable() const
{
    const TreeAnswer* const answer = tree();
    return answer ? std::ranges::max(answer->nodes, {}, &TreeAnswer::Node::prototype).prototype + 1 : m_extent.heads;
}

std::vector<float> Decoding::removableMap(int number, int classIndex) const
{
    if (!tree())
        return attention(m_extent.layers - 1, number, classIndex);
    return isGone(number) ? std::vector<float>(m_extent.cells()) : cellShares(similarities(number));
}

/// For all classes.
bool Decoding::isGone(int number) const
{
    return m_arrays != m_untouched && m_intervention.suppressesHead(number, static_cast<int>(m_extent.cells()));
}

std::vector<float> Decoding::similarities(int prototype) const
{
    if (!tree())
        return {};
    if (prototype < 0 || prototype >= m_extent.hiddenDim)
        throw Error(ErrorCode::BadArgument, "prototype " + std::to_string(prototype),
                    "expected one of the tree's, from 0 to " + std::to_string(m_extent.hiddenDim - 1));
    return m_arrays->maps->similarities(prototype);
}

const TreeAnswer* Decoding::tree() const
{
    return m_arrays->maps ? m_arrays->maps->tree() : nullptr;
}

const KeptTokens* Decoding::kept() const
{
    return m_arrays->maps ? m_arrays->maps->kept() : nullptr;
}

std::vector<float> Decoding::cellScores(int classIndex) const
{
    return m_arrays->maps ? m_arrays->maps->cellScores(static_cast<int>(query(classIndex))) : std::vector<float>();
}

std::vector<int> Decoding::ownHeads(int layer, int classIndex) const
{
    std::vector<int> heads;
    for (int head = 0; head < m_extent.heads; ++head)
        if (part(layer, head, classIndex))
            heads.push_back(head);
    if (heads.empty() && m_extent.heads > 0 && !hasParts(*m_arrays->maps, layer, m_extent)) {
        heads.resize(static_cast<std::size_t>(m_extent.heads));
        std::iota(heads.begin(), heads.end(), 0);
    }
    return heads;
}

std::vector<float> Decoding::meanAttention(int layer, int classIndex) const
{
    requireMap(layer, 0); // without heads there is nothing to average
    const std::vector<int> heads = ownHeads(layer, classIndex);
    std::vector<float> mean(m_extent.cells());
    for (const int head : heads) {
        const std::vector<float> map = attention(layer, head, classIndex);
        for (std::size_t cell = 0; cell < mean.size(); ++cell)
            mean[cell] += map[cell] / static_cast<float>(heads.size());
    }
    return mean;
}

std::vector<int> Decoding::rankHeads(int layer, int classIndex) const
{
    std::vector<double> keys(static_cast<std::size_t>(m_extent.heads));
    std::vector<int> heads;
    std::vector<int> parts;
    const MapSource& maps = tree() ? *m_arrays->maps : *m_untouched->maps;
    for (int head = 0; head < m_extent.heads; ++head) {
        const std::optional<MapSource::Part> own = maps.part(layer, head, static_cast<int>(query(classIndex)));
        const double key = own ? own->contribution() : std::ranges::max(scores(layer, head, classIndex));
        // What is not a number has no place in an order: it comes last.
        keys[static_cast<std::size_t>(head)] = std::isnan(key) ? -std::numeric_limits<double>::infinity() : key;
        (own ? parts : heads).push_back(head);
    }
    if (tree())
        return parts;
    std::vector<int>& ranked = parts.empty() ? heads : parts;
    std::ranges::stable_sort(ranked, [&keys](int a, int b) {
        return keys[static_cast<std::size_t>(a)] > keys[static_cast<std::size_t>(b)];
    });
    return ranked;
}

std::span<const float> Decoding::output(int classIndex) const
{
    if (isChanged(classIndex))
        return m_changed->output;
    const auto width = static_cast<std::size_t>(m_extent.hiddenDim);
    return std::span(m_arrays->outputs).subspan(query(classIndex) * width, width);
}

std::span<const float> Decoding::state(int classIndex) const
{
    const auto width = static_cast<std::size_t>(m_extent.hiddenDim);
    return std::span(m_arrays->states).subspan(query(classIndex) * width, width);
}

std::size_t Decoding::bytes() const
{
    return sizeof(float) * (m_arrays->outputs.size() + m_arrays->states.size() + 2 * m_logits.size()) +
           sizeof(int) * (m_queryOfClass.size() + m_classes.size() + m_ranking.size()) +
           (m_arrays->maps ? m_arrays->maps->bytes() : 0);
}

std::size_t Decoding::query(int classIndex) const
{
    if (!hasClass(classIndex))
        throw Error(ErrorCode::BadArgument, "class " + std::to_string(classIndex),
                    "takes no part in this decoding (mode " + std::string(toString(m_set.mode)) + ")");
    return static_cast<std::size_t>(m_queryOfClass[static_cast<std::size_t>(classIndex)]);
}

std::size_t Decoding::position(int classIndex) const
{
    query(classIndex);
    if (m_set.mode != LimitMode::Drop)
        return static_cast<std::size_t>(classIndex);
    return static_cast<std::size_t>(std::find(m_classes.begin(), m_classes.end(), classIndex) - m_classes.begin());
}

void Decoding::requireMap(int layer, int head) const
{
    if (layer < 0 || layer >= m_extent.layers || head < 0 || head >= m_extent.heads)
        throw Error(ErrorCode::BadArgument, "map",
                    "layer " + std::to_string(layer) + " head " + std::to_string(head) + " is outside " +
                        std::to_string(m_extent.layers) + " layers of " + std::to_string(m_extent.heads) + " heads");
}

} // namespace ocellus
