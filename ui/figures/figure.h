// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QPainter>
#include <QSizeF>
#include <QString>

namespace ocellus {

/// A drawing that any format can be made of.
struct Figure {
    QString title; ///< in the file's metadata
    QSizeF size;   ///< points (1/72 inch)
    /// Paints from (0, 0), in points, on white ground. `pixelsPerPoint` is the resolution of the maps within a vector
    /// format. Needs a QGuiApplication for its fonts.
    std::function<void(QPainter& painter, double pixelsPerPoint)> paint;
};

} // namespace ocellus
