// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>

#include "ui/figures/explanation.h"
#include "ui/figures/scaled_picture.h"

namespace ocellus {

/// Paints one picture, alone or with maps, into rectangles of a figure on any paint device.
class MapInFigure {
public:
    /// `pixelsPerPoint` is the resolution of the maps within a vector format. All must outlive this.
    MapInFigure(QPainter& painter, const Explanation& explanation, double pixelsPerPoint);

    /// The picture as large as it fits, in the middle of `rect`; without a tile the picture alone.
    void paint(const QRectF& rect, const TileMap* tile);

private:
    /// Of a map that is not what it looks like, or not there.
    void paintWords(const QRectF& picture, const QString& words);

    QPainter& m_painter;
    const Explanation& m_explanation;
    double m_pixelsPerPoint;
    ScaledPicture m_scaled;
};

/// A figure's font for small text, so much smaller that each of the texts fits: a number that is cut is a wrong number.
/// One for all: sizes that differ from tile to tile would mean something.
QFont fittingFont(const QStringList& texts, double width);

} // namespace ocellus
