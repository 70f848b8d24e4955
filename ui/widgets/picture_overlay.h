// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QCursor>
#include <QEvent>
#include <QPainter>

#include "ui/figures/picture_transform.h"

namespace ocellus {

/// What lies on a view's picture and is asked before the view itself: the tools. All positions are the view's own.
class PictureOverlay {
public:
    virtual ~PictureOverlay() = default;

    /// On top of picture and map, while these are not hidden; the painter is clipped to `area`.
    virtual void paint(QPainter& painter, const QRectF& area, const PictureTransform& transform) = 0;

    /// Is shown every event of mouse, wheel and keyboard, and ShortcutOverride, that does not pan. True: the event is
    /// taken, and the view leaves it alone.
    virtual bool take(QEvent& event, const PictureTransform& transform) = 0;

    /// Whether one works on the picture itself, so that a map of what it was before would be in the way.
    virtual bool isWorking() const = 0;

    /// Whether a gesture is under way, in whose way any map would be.
    virtual bool isPainting() const { return false; }

    /// None: the view's own.
    virtual std::optional<QCursor> cursor() const = 0;
};

} // namespace ocellus
