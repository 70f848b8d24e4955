// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include "ui/figures/explanation.h"

namespace ocellus {

/// The words that name maps, numbers and scales, the same on the screen and in every figure.
class FigureText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::FigureText)

public:
    static QString head(int head); ///< "Head 3" for head 2
    /// "Prototype 12", "Node 5": by the model's own number, which released files and figures have too.
    static QString part(const MapSource::Part& part);
    /// Either of them: what the map of that head is of in its model's own words.
    static QString offTheWay(const MapSource::Part& node); ///< of a tree: "Node 5, off the marked way"
    static QString headOf(const Explanation& explanation, int head);
    static QString mean();                        ///< "Mean"
    static QString picture();                     ///< title of the tile without a map
    static QString peak(const TileMap& tile);     ///< "peak 41×", of a difference "+12×/−3×"; none of a prototype
    static QString extremes(const TileMap& tile); ///< the same without the word: "41×", "+12×/−3×", "−3 to 12"
    static QString value(const TileMap& tile, double value); ///< one of its values: "12×", "+12×", "12 logit"
    static QString score(const TileMap& tile);  ///< "score 6.21", a prototype's numbers; or empty for a mean
    static QString held(const TileMap& tile);   ///< "holds 31 %" of the attention, or empty where it is all
    static QString shares(const TileMap& tile); ///< where the rest goes, a sentence; or empty
    /// "blur rank 2 of 12": the head's, by blurring; or empty where it is not known.
    static QString blurRank(const TileMap& tile, int heads);
    static QString number(double value);        ///< "6.21"
    static QString probability(double value);   ///< "0.973", "< 0.001"
    static QString timesUniform(double value);  ///< "41×", "0.32×"
    static QString change(double timesUniform); ///< "+12×", "−3×", "0×"
    static QString stretched(Range range);      ///< "stretched 0.1×–41×"
    // Of the following `unit` is the maps', empty for times uniform.
    static QString scale(const MapStyle& style, const QString& unit);         ///< what the colour bar measures
    static QString scaleMeaning(const MapStyle& style, const QString& unit);  ///< the same with what 1x is
    static QString scaleSentence(const MapStyle& style, const QString& unit); ///< what colours and unit mean
    static QString scaleValue(const MapStyle& style, double value, const QString& unit); ///< a number on the scale
    static QString overlay(const MapStyle& style, const QString& unit); ///< the rule by which maps lie on pictures
    static QString overlayName(OverlayRule rule);                       ///< "Spotlight": the rule in two words
    static QString valueScale(ValueScale scale);                        ///< "square-root scale"
    static QString mapMinimum();
    static QString mapMaximum();
    static QString insideMask();
    static QString outsideMask();

    /// "layer 6 of 6", "block 12 of 12", or the source's name; may be empty.
    static QString layer(const Explanation& explanation);
    /// The text, and the layer behind the separator where maps are of one.
    static QString withLayer(const QString& text, const Explanation& explanation,
                             const QString& separator = QStringLiteral(", "));
    static QString layerTitle(LayerKind kind, int layer); ///< "Layer 6", "Block 12" for layer 11
    /// "rank 2 of 200, logit 4.31, p 0.97", or that a limit leaves the class out.
    static QString prediction(const Explanation& explanation);
    /// That maps are of no class, and of a part of the picture only, where it is so.
    static QStringList subject(const Explanation& explanation);
    /// What must stand on every tile and figure: the limit, the notices, a dropped or excluded class.
    static QStringList banners(const Explanation& explanation);
    /// What the maps belong to besides the picture and the model, a sentence each: the edits, attention changed by
    /// hand, and that both are out of date.
    static QStringList changes(const Explanation& explanation);
    /// The same of several: each told once, and by the picture's name where they are of several pictures.
    static QStringList changes(const std::vector<const Explanation*>& explanations);
    /// How the maps were coloured and placed: rule, colour map, opacity, scale, cells or smooth, range, placement.
    /// `hasOneRange` is false where rows or columns of maps have ranges of their own.
    static QString drawing(const Explanation& explanation, bool hasOneRange = true);
    /// What made the maps, where those are not the model's own heads: "Maps by Grad-CAM: stage=grid; 0.2 s"; or empty.
    static QString madeBySource(const Explanation& explanation);
    static QString placement(const Explanation& explanation); ///< where cells lie
    /// What the paper's style does to the maps.
    static QString paperStyle();
    /// "intr.pth, SHA-256 0123456789ab · Ocellus 1.0.0", as far as known.
    static QString madeBy(const Explanation& explanation);
};

} // namespace ocellus
