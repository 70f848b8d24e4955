// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/analysis/explain_writer.h"
#include "ui/figures/map_matrix.h"

namespace ocellus {

/// How similarities are drawn where `style` draws the maps: its colours, over a range of cosines.
MapStyle similarityStyle(const MapStyle& style);

/// Of the colours: opposite directions are as unlike as right angles, so below 0 there is nothing to tell.
Range similarityRange(const std::vector<float>& cosines);

/// A map of how like the model's token of each patch is to that of a marked one, with what it is of: for figures,
/// tables and arrays as a map of any source.
class SimilarPatches {
public:
    /// `shown` gives picture, geometry, model and notices; `cosines`, -1 to 1, [rows, columns] of its geometry, are
    /// those with `marked`. The tokens are of the picture alone: no limit and no intervention is told of them.
    SimilarPatches(Explanation shown, Cell marked, std::vector<float> cosines);

    const Explanation& explanation() const { return *m_explanation; }
    const std::vector<float>& cosines() const;

    QString fileName() const; ///< proposed for files, without an ending: picture and marked patch

    /// The picture with the marked patch framed, and the map.
    MapMatrix matrix() const;
    /// An array [1, rows, columns] with its provenance, which names the marked patch.
    ExtraSources arrays() const;

private:
    QImage framed() const;
    TileMap tile() const;

    Cell m_marked;
    std::shared_ptr<const Explanation> m_explanation;
};

} // namespace ocellus
