// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "ui/figures/explanation.h"

namespace ocellus {

/// The words that name maps, numbers and scales, the same on the screen and in every figure.
class FigureText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::FigureText)

public:
    static QString head(int head);             ///< "Head 3" for head 2
    static QString mean();                     ///< "Mean"
    static QString peak(const TileMap& tile);  ///< "peak 41×"
    static QString score(const TileMap& tile); ///< "score 6.21", or empty for a mean
    static QString timesUniform(double value); ///< "41×", "0.32×"
    static QString colourMap(ColourMap map);
    static QString placement(Placement placement);
    static QString layer(const Explanation& explanation); ///< "layer 6 of 6"
    static QString scale(const MapStyle& style);          ///< "times uniform", or that each map has its own range
    static QString stretched(Range range);                ///< "stretched 0.1× to 41×"

    /// "rank 2, logit 4.31, p 0.97"; says so where a class has no logit of its own.
    static QString prediction(const Explanation& explanation);

    /// What must stand on every tile and figure: the limit, the notices, "out of date".
    static QStringList banners(const Explanation& explanation);
};

} // namespace ocellus
