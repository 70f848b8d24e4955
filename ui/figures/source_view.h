// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QString>
#include <QStringList>

#include "core/explain/source_map.h"
#include "ui/figures/explanation.h"

namespace ocellus {

/// What one source says of a class in a picture.
struct SourceView {
    QString id;   ///< "gradcam++", in tables
    QString name; ///< "Grad-CAM++"
    QString unit; ///< of the values; empty: times uniform
    int classIndex = 0;
    std::vector<SourceMap> maps; ///< of that class: one, or one a head; empty where `words` say why
    QString words;               ///< "on its way", or why there are none
    bool isPartial = false;      ///< the maps still grow
    std::string text = {};       ///< with its options, as toString(SourceText); as `id` where there are none
};

/// "logit" as users read it; empty for shares of attention, which are shown as times uniform.
QString shownUnit(const SourceMap& map);

/// What a map that says nothing, or nothing for its class, says in words; empty for a good one.
QString mapWords(MapState state);

/// "−0.31 to 1.2 (logit)"; empty for values that are no numbers.
QString mapNumbers(const SourceMap& map);

/// Options, passes and references, where there are any: "stage=grid; passes of the model: 250".
QString madeWith(const SourceMap& map);

/// The same with what it cost: "stage=grid; 0.24 s".
QString madeWithCost(const SourceMap& map);

/// What is drawn of one map: attention as times uniform, anything else as it is, signed values about zero.
TileMap tileOf(const SourceMap& map);

/// The explanation with the source's maps in place of the heads: their places, their unit, and for signed values the
/// diverging colours. Without maps the picture stays, with the source's words.
Explanation withSource(Explanation explanation, std::shared_ptr<const SourceView> source);

/// tileMaps() of an explanation with a source, at least one: of a class or a state without a map one that says so.
std::vector<TileMap> sourceTiles(const Explanation& explanation);

} // namespace ocellus
