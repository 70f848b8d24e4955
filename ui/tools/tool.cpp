// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/tool.h"

namespace ocellus {

void drawOutline(QPainter& painter, const QPainterPath& path)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setPen(QPen(Qt::white, 1.2, Qt::DashLine));
    painter.drawPath(path);
    painter.restore();
}

QTransform toView(const PictureTransform& transform)
{
    return {transform.scale, 0, 0, transform.scale, transform.offset.x(), transform.offset.y()};
}

} // namespace ocellus
