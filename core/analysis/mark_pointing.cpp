// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/mark_pointing.h"

#include <algorithm>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::size_t bestHeads = 3;

} // namespace

MarkPointing::MarkPointing(int heads, const ReceptiveField& field, std::uint64_t seed)
    : m_field(field),
      m_generator(seed)
{
    m_ring.heads.resize(static_cast<std::size_t>(heads));
    m_full.heads.resize(static_cast<std::size_t>(heads));
}

void MarkPointing::add(const Decoding& full, const Decoding& limited, int trueClass, Size picture, Size input,
                       const Mask& mask)
{
    const Decoding::Extent& extent = full.extent();
    const CellGeometry geometry(picture, input, extent.rows, extent.columns, m_field);
    const CellsNear near = cellsNearMark(geometry, mask);
    if (near.isEmpty())
        return;
    count(m_ring, limited, trueClass, near);
    count(m_full, full, trueClass, near);
}

void MarkPointing::count(Counts& counts, const Decoding& decoding, int trueClass, const CellsNear& near)
{
    const Decoding::Extent& extent = decoding.extent();
    const bool isSameGrid = extent.cells() == near.cells();
    if (extent.layers < 1 || !isSameGrid || static_cast<std::size_t>(extent.heads) != counts.heads.size())
        throw Error(ErrorCode::BadArgument, "pointing",
                    "expected maps of " + std::to_string(counts.heads.size()) + " heads on " +
                        std::to_string(near.cells()) + " cells");
    const int layer = extent.layers - 1;
    std::vector<std::size_t> peaks;
    for (int head = 0; head < extent.heads; ++head) {
        peaks.push_back(peakCell(decoding.scores(layer, head, trueClass)));
        counts.heads[static_cast<std::size_t>(head)].add(near, {&peaks.back(), 1}, m_generator);
    }
    std::vector<std::size_t> best;
    for (const int head : decoding.rankHeads(layer, trueClass))
        best.push_back(peaks[static_cast<std::size_t>(head)]);
    best.resize(std::min(best.size(), bestHeads));
    counts.best.add(near, best, m_generator);
}

std::vector<PointingRow> MarkPointing::rows() const
{
    std::vector<PointingRow> rows;
    const auto append = [&rows](const std::string& limit, const Counts& counts) {
        rows.push_back(
            {"mark", limit, Placement::Receptive, "any of best " + std::to_string(bestHeads), counts.best, false});
        for (std::size_t head = 0; head < counts.heads.size(); ++head)
            rows.push_back({"mark", limit, Placement::Receptive, std::to_string(head + 1), counts.heads[head], false});
    };
    append("ring", m_ring);
    append("full set", m_full);
    return rows;
}

} // namespace ocellus
