// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kept_prototype_maps.h"

#include <utility>

#include "core/engine/cell_shares.h"

namespace ocellus {

KeptPrototypeMaps::KeptPrototypeMaps(std::size_t cells, std::vector<float> similarities, double least,
                                     std::vector<std::vector<Part>> parts, KeptTokens kept)
    : PrototypeMaps(cells, std::move(similarities), least, std::move(parts)),
      m_kept(std::move(kept))
{
}

std::vector<float> KeptPrototypeMaps::scores(int layer, int head, int query) const
{
    return isGlobal(layer, head, query) ? m_kept.rollout : PrototypeMaps::scores(layer, head, query);
}

std::vector<float> KeptPrototypeMaps::attention(int layer, int head, int query) const
{
    return isGlobal(layer, head, query) ? cellShares(m_kept.rollout) : PrototypeMaps::attention(layer, head, query);
}

std::size_t KeptPrototypeMaps::bytes() const
{
    return PrototypeMaps::bytes() + m_kept.rollout.size() * sizeof(float) + m_kept.cells.size() * sizeof(int);
}

bool KeptPrototypeMaps::isGlobal(int layer, int head, int query) const
{
    const std::optional<Part> own = part(layer, head, query);
    return own && own->kind == PartKind::GlobalPrototype;
}

} // namespace ocellus
