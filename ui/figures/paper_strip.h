// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QSizeF>

#include "ui/figures/explanation.h"

namespace ocellus {

/// Size of the strip in points (1/72 inch).
QSizeF paperStripSize(const Explanation& explanation);

/// The heads in a row as INTR's released code draws them, to compare with published figures: jet, each map stretched
/// to its own range, blurred, half opaque, laid over the whole picture, from (0, 0), in points. Labelled as such;
/// conditions as headFigure(). `pixelsPerPoint` is the resolution of the maps within a vector format.
void paintPaperStrip(QPainter& painter, const Explanation& explanation, double pixelsPerPoint);

} // namespace ocellus
