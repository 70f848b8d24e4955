// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/source_cells.h"

#include <memory>
#include <utility>

#include <QCoreApplication>

#include "ui/document/live_answer.h"
#include "ui/figures/left_out.h"

namespace ocellus {

std::vector<MatrixCell> sourceCells(Explanation ofClass, SourceView source, bool readsDecoding,
                                    const LiveAnswer* answer)
{
    if (!source.maps.empty())
        source.unit = shownUnit(source.maps.front());
    ofClass.style.perMapStretch = false;
    if (readsDecoding && !ofClass.isOfOtherModel && isLeftOutByLimit(ofClass)) {
        source.maps.clear(); // a zero vector's, which are no class's own
        source.words = leftOutTileText(ofClass);
    }
    if (!readsDecoding) {
        ofClass.limit.clear();
        ofClass.intervention.clear();
    }
    ofClass = withSource(std::move(ofClass), std::make_shared<const SourceView>(std::move(source)));
    ofClass.evidence.reset();
    if (answer)
        answer->addEvidence(ofClass);
    const auto explanation = std::make_shared<const Explanation>(std::move(ofClass));
    std::vector<MatrixCell> cells;
    for (TileMap& tile : sourceTiles(*explanation)) {
        if (tile.values.empty() && tile.words.isEmpty())
            tile.words = QCoreApplication::translate("ocellus::SourceCells", "No map");
        cells.push_back({explanation, std::move(tile), {}});
    }
    return cells;
}

} // namespace ocellus
