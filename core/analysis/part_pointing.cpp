// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/part_pointing.h"

#include <array>
#include <map>
#include <utility>

#include "core/analysis/placed_maps.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::array placements{Placement::Receptive, Placement::AsPublished};

} // namespace

PartPointing::PartPointing(std::vector<std::string> parts, int heads, const ReceptiveField& field, std::uint64_t seed)
    : m_parts(std::move(parts)),
      m_heads(heads),
      m_field(field),
      m_generator(seed),
      m_tallies(placements.size() * (m_parts.size() + 1) * static_cast<std::size_t>(heads))
{
}

void PartPointing::add(const Decoding& decoding, int trueClass, Size picture, Size input,
                       const std::vector<PartPoint>& points)
{
    const Decoding::Extent& extent = decoding.extent();
    if (extent.layers < 1 || extent.heads != m_heads)
        throw Error(ErrorCode::BadArgument, "pointing", "expected maps of " + std::to_string(m_heads) + " heads");
    if (points.empty())
        return;
    for (const Placement placement : placements) {
        const CellGeometry geometry(picture, input, extent.rows, extent.columns, m_field, placement);
        addPlacement(placement, decoding, trueClass, geometry, points);
    }
}

void PartPointing::addPlacement(Placement placement, const Decoding& decoding, int trueClass,
                                const CellGeometry& geometry, const std::vector<PartPoint>& points)
{
    std::map<std::size_t, CellsNear> nearPart;
    CellsNear& nearAny = nearPart.emplace(m_parts.size(), geometry).first->second;
    for (const PartPoint& point : points) {
        nearPart.emplace(point.part, geometry).first->second.add(point.place);
        nearAny.add(point.place);
    }
    for (const int head : placedHeads(decoding, decoding.extent().layers - 1, trueClass)) {
        const std::size_t peak = peakCell(decoding.scores(decoding.extent().layers - 1, head, trueClass));
        for (const auto& [part, near] : nearPart)
            m_tallies[row(placement, part, head)].add(near, {&peak, 1}, m_generator);
    }
}

std::vector<PointingRow> PartPointing::rows() const
{
    std::vector<PointingRow> rows;
    for (const Placement placement : placements)
        for (std::size_t part = 0; part <= m_parts.size(); ++part)
            for (int head = 0; head < m_heads; ++head)
                rows.push_back({part < m_parts.size() ? m_parts[part] : "any part", "full set", placement,
                                std::to_string(head + 1), m_tallies[row(placement, part, head)],
                                part < m_parts.size()});
    return rows;
}

std::size_t PartPointing::row(Placement placement, std::size_t part, int head) const
{
    const std::size_t plane = (placement == Placement::Receptive ? 0 : m_parts.size() + 1) + part;
    return plane * static_cast<std::size_t>(m_heads) + static_cast<std::size_t>(head);
}

} // namespace ocellus
