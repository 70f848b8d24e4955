// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QSizeF>

#include "ui/figures/explanation.h"

namespace ocellus {

/// Size of the figure in points (1/72 inch): 180 mm wide, a journal's two columns, and as high as the tiles need.
QSizeF headFigureSize(const Explanation& explanation);

/// The whole explanation, for white ground, from (0, 0), in points: header, the plain picture, a tile a head and their
/// mean, colour bar, and what made it. Needs a QGuiApplication for its fonts; `explanation` must have a decoding and a
/// picture. `pixelsPerPoint` is the resolution of the maps within a vector format.
void paintHeadFigure(QPainter& painter, const Explanation& explanation, double pixelsPerPoint);

} // namespace ocellus
