// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>

#include <QImage>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace ocellus {

/// The patch of a training picture that a prototype is, or is most alike.
struct PrototypePatch {
    QImage patch;           ///< null where `problem` says why
    QImage original;        ///< the picture that it is of; null where it is not there
    QRectF place;           ///< of the patch in that, 0 to 1 along each side; empty where nothing tells
    QString problem;        ///< why it cannot be shown, or empty
    bool isNearest = false; ///< a search found it: the prototype is like it, but not it
    QString from = {};      ///< where it was found and how alike it is, for tips; or empty
};

/// Those of one model, as far as they were read.
struct PrototypePatches {
    bool areThere = false;               ///< at least one prototype has a picture: tiles keep room for it
    std::map<int, PrototypePatch> known; ///< by prototype
    QString words; ///< in sentences: why there are none, with what helps, or what a search found; or empty
};

/// That prototype's, which keeps all of them; null where it is not known.
std::shared_ptr<const PrototypePatch> patchOf(const std::shared_ptr<const PrototypePatches>& patches, int prototype);

/// The part of a tile's picture area that its prototype's patch takes: on the right, or of an area that is higher than
/// wide below; empty where the tile is too small.
QRectF patchRoom(const QRectF& area);
/// What that leaves of the area.
QRectF besidePatch(const QRectF& area, const QRectF& patch);

/// The patch at the room's start and, where there is room behind it, the picture that it is of with a rectangle around
/// it, each under a word in `ink`. Of one that has no picture its problem; nothing of null, which is still read.
void paintPatch(QPainter& painter, const QRectF& room, const PrototypePatch* patch, const QColor& ink);

} // namespace ocellus
