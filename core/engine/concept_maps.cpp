// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/concept_maps.h"

#include <utility>

#include "core/engine/cell_shares.h"

namespace ocellus {

ConceptMaps::ConceptMaps(std::size_t cells, std::size_t heads, std::size_t classes, const Stream& ofPatches,
                         const Stream& ofPicture, std::vector<float> cellScores)
    : m_cells(cells),
      m_heads(heads),
      m_classes(classes),
      m_ofPatches(summaryOf(ofPatches, heads)),
      m_ofPicture(summaryOf(ofPicture, heads)),
      m_maps(ofPatches.concepts * cells),
      m_cellScores(std::move(cellScores))
{
    for (std::size_t row = 0; row < (ofPatches.concepts > 0 ? heads * cells : 0); ++row)
        for (std::size_t k = 0; k < ofPatches.concepts; ++k)
            m_maps[k * cells + row % cells] +=
                ofPatches.attention[row * ofPatches.concepts + k] / static_cast<float>(heads);
}

ConceptMaps::Summary ConceptMaps::summaryOf(const Stream& stream, std::size_t heads)
{
    Summary summary{stream.concepts, std::vector<float>(heads * stream.concepts), stream.gains};
    if (stream.concepts == 0)
        return summary;
    const std::size_t patches = stream.attention.size() / (heads * stream.concepts);
    for (std::size_t head = 0; head < heads; ++head)
        for (std::size_t k = 0; k < stream.concepts; ++k) {
            double sum = 0;
            for (std::size_t patch = 0; patch < patches; ++patch)
                sum += stream.attention[(head * patches + patch) * stream.concepts + k];
            summary.means[head * stream.concepts + k] = static_cast<float>(sum / static_cast<double>(patches));
        }
    return summary;
}

std::vector<float> ConceptMaps::scores(int, int head, int) const
{
    const auto place = static_cast<std::size_t>(head);
    if (place >= m_ofPatches.concepts)
        return std::vector<float>(m_cells,
                                  static_cast<float>(meanAttention(m_ofPicture, place - m_ofPatches.concepts)));
    const auto first = m_maps.begin() + static_cast<std::ptrdiff_t>(place * m_cells);
    return {first, first + static_cast<std::ptrdiff_t>(m_cells)};
}

std::vector<float> ConceptMaps::attention(int layer, int head, int query) const
{
    return cellShares(scores(layer, head, query));
}

std::optional<MapSource::Part> ConceptMaps::part(int, int head, int query) const
{
    const auto place = static_cast<std::size_t>(head);
    const bool isOfPatches = place < m_ofPatches.concepts;
    const Summary& stream = isOfPatches ? m_ofPatches : m_ofPicture;
    const std::size_t index = isOfPatches ? place : place - m_ofPatches.concepts;
    Part part;
    part.prototype = static_cast<int>(index);
    part.kind = isOfPatches ? PartKind::Concept : PartKind::GlobalConcept;
    part.similarity = meanAttention(stream, index);
    part.weight =
        part.similarity > 0 ? contribution(stream, index, static_cast<std::size_t>(query)) / part.similarity : 0;
    return part;
}

std::vector<float> ConceptMaps::cellScores(int query) const
{
    std::vector<float> scores;
    for (std::size_t place = static_cast<std::size_t>(query); place < m_cellScores.size(); place += m_classes)
        scores.push_back(m_cellScores[place]);
    return scores;
}

std::size_t ConceptMaps::bytes() const
{
    return (m_maps.size() + m_cellScores.size() + m_ofPatches.means.size() + m_ofPicture.means.size()) * sizeof(float);
}

double ConceptMaps::contribution(const Summary& stream, std::size_t conceptIndex, std::size_t classIndex) const
{
    double sum = 0;
    for (std::size_t head = 0; head < m_heads; ++head) {
        const std::size_t place = head * stream.concepts + conceptIndex;
        sum += static_cast<double>(stream.means[place]) * (*stream.gains)[place * m_classes + classIndex];
    }
    return sum;
}

double ConceptMaps::meanAttention(const Summary& stream, std::size_t conceptIndex) const
{
    double sum = 0;
    for (std::size_t head = 0; head < m_heads; ++head)
        sum += stream.means[head * stream.concepts + conceptIndex];
    return sum / static_cast<double>(m_heads);
}

} // namespace ocellus
