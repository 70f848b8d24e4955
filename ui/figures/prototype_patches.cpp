// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/prototype_patches.h"

#include <algorithm>

#include <QCoreApplication>
#include <QFontMetricsF>

namespace ocellus {

namespace {

constexpr double shareOfTile = 0.26; ///< of its width
constexpr double leastTile = 130;    ///< units of the painter; a smaller one keeps its width for the map
constexpr double gap = 4;
constexpr double wordsFrom = 90; ///< width of a column that has words above its pictures

/// The words of this file.
struct PatchWords {
    Q_DECLARE_TR_FUNCTIONS(ocellus::PrototypePatch)
};

/// In the upper left.
QRectF fitted(const QImage& image, const QRectF& room)
{
    const QSizeF size = QSizeF(image.size()).scaled(room.size(), Qt::KeepAspectRatio);
    return {room.topLeft(), size};
}

/// Where the picture lies.
QRectF paintImage(QPainter& painter, const QRectF& room, const QImage& image, const QString& words, const QColor& ink,
                  QRectF place = {})
{
    QRectF below = room;
    if (!words.isEmpty()) {
        const QFontMetricsF metrics(painter.font());
        const QRectF line(room.left(), room.top(), room.width(), metrics.height());
        painter.setPen(ink);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(words, Qt::ElideRight, room.width()));
        below.setTop(line.bottom() + 1);
    }
    const QRectF target = fitted(image, below);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, image);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, 1));
    painter.drawRect(target);
    if (!place.isEmpty()) {
        const QRectF box(target.left() + place.left() * target.width(), target.top() + place.top() * target.height(),
                         place.width() * target.width(), place.height() * target.height());
        painter.setPen(QPen(QColor(0, 0, 0, 160), 3));
        painter.drawRect(box & target);
        painter.setPen(QPen(QColor(255, 230, 0), 1.5));
        painter.drawRect(box & target);
    }
    return target;
}

} // namespace

std::shared_ptr<const PrototypePatch> patchOf(const std::shared_ptr<const PrototypePatches>& patches, int prototype)
{
    if (!patches)
        return {};
    const auto found = patches->known.find(prototype);
    return found == patches->known.end() ? nullptr : std::shared_ptr<const PrototypePatch>(patches, &found->second);
}

QRectF patchRoom(const QRectF& area)
{
    if (area.width() < leastTile || area.height() < leastTile / 2)
        return {};
    if (area.height() > 1.15 * area.width()) {
        const double height = shareOfTile * area.height();
        return {area.left(), area.bottom() - height + gap, area.width(), height - gap};
    }
    const double width = std::min(shareOfTile * area.width(), area.height());
    return {area.right() - width + gap, area.top(), width - gap, area.height()};
}

QRectF besidePatch(const QRectF& area, const QRectF& patch)
{
    QRectF rest = area;
    if (patch.left() > area.left())
        rest.setRight(patch.left());
    else if (!patch.isEmpty())
        rest.setBottom(patch.top());
    return rest;
}

void paintPatch(QPainter& painter, const QRectF& room, const PrototypePatch* patch, const QColor& ink)
{
    if (!patch || room.isEmpty())
        return;
    painter.save();
    painter.setClipRect(room.adjusted(-1, -1, 1, 1), Qt::IntersectClip);
    const QRectF inner = room.adjusted(1, 1, -1, -1);
    if (patch->patch.isNull()) {
        painter.setPen(ink);
        painter.drawText(inner, Qt::AlignTop | Qt::TextWordWrap, patch->problem);
        painter.restore();
        return;
    }
    const bool isRow = room.width() > room.height();
    const bool hasWords = inner.width() >= (isRow ? 2 : 1) * wordsFrom; // both pictures have them, or none
    const QString words = !hasWords          ? QString()
                          : patch->isNearest ? PatchWords::tr("Nearest patch", "to a prototype, above its picture")
                                             : PatchWords::tr("Prototype", "above its picture");
    const QString takenFrom = !hasWords          ? QString()
                              : patch->isNearest ? PatchWords::tr("Found in", "a training picture")
                                                 : PatchWords::tr("Taken from", "a training picture");
    QRectF first = inner, rest = inner;
    if (isRow) {
        first.setWidth(inner.width() / 2 - gap);
        rest.setLeft(paintImage(painter, first, patch->patch, words, ink).right() + 2 * gap);
        rest.setLeft(
            std::max(rest.left(), first.left() + QFontMetricsF(painter.font()).horizontalAdvance(words) + gap));
    } else {
        first.setHeight(std::min(inner.height(), 1.4 * inner.width()));
        rest.setTop(paintImage(painter, first, patch->patch, words, ink).bottom() + 2 * gap);
    }
    if (!patch->original.isNull() && rest.height() >= 0.6 * std::min(rest.width(), inner.height()))
        paintImage(painter, rest, patch->original, takenFrom, ink, patch->place);
    painter.restore();
}

} // namespace ocellus
