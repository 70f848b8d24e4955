// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QImage>
#include <QPointF>
#include <QString>

#include "core/image/geometry.h"

namespace ocellus {

class MapPainter;

/// What a loupe shows of one place.
struct LoupeSight {
    QImage picture;
    Point point;                     ///< under the mouse, in picture coordinates
    double scale = 1;                ///< units of the view a picture pixel, as it is seen without the loupe
    const MapPainter* map = nullptr; ///< none: the picture alone. Only until control returns to the event loop
    QString words;                   ///< the cell's value, or why there is none
};

/// A widget whose pictures a loupe can enlarge.
class LoupeSubject {
public:
    virtual ~LoupeSubject() = default;

    /// At a place of the widget; nothing beside its pictures.
    virtual std::optional<LoupeSight> sightAt(QPointF position) const = 0;
};

} // namespace ocellus
