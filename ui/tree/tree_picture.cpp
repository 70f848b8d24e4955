// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/tree_picture.h"

#include <algorithm>

#include <QPainterPath>

namespace ocellus {

namespace {

constexpr QSizeF gap{14, 46}; ///< between nodes
constexpr double margin = 10;
constexpr double widestLine = 18;
constexpr double thinnestLine = 0.8;
constexpr int fontSize = 12;

QSizeF step()
{
    return TreeNodePainter::Size + gap;
}

} // namespace

const TreeAnswer* TreePicture::tree() const
{
    return m_explanation.decoding ? m_explanation.decoding->tree() : nullptr;
}

void TreePicture::setAnswer(const Explanation& explanation, const TreeText::NameOfClass& nameOf)
{
    const bool isOther = explanation.decoding != m_explanation.decoding;
    m_explanation = explanation;
    m_nodes.setAnswer(explanation, nameOf);
    if (isOther)
        layOut();
}

void TreePicture::setFoldBelow(double probability)
{
    m_foldBelow = probability;
    layOut();
}

void TreePicture::layOut()
{
    m_places = tree() ? layOutTree(*tree(), m_foldBelow) : std::vector<TreePlace>();
}

QRectF TreePicture::boxOf(const TreePlace& place) const
{
    return {QPointF(margin + place.across * step().width(), margin + place.level * step().height()),
            TreeNodePainter::Size};
}

QSizeF TreePicture::size() const
{
    return {2 * margin + widthOf(m_places) * step().width() - gap.width(),
            2 * margin + heightOf(m_places) * step().height() - gap.height()};
}

void TreePicture::paintLine(QPainter& painter, const TreePlace& child, const QPalette& palette) const
{
    const TreePlace& parent = m_places[static_cast<std::size_t>(child.parent)];
    const QRectF above = boxOf(parent), below = boxOf(child);
    const QPointF from(above.center().x(), above.bottom()), to(below.center().x(), below.top());
    const double reached = tree()->nodes[static_cast<std::size_t>(child.node)].reached;
    QPainterPath path(from);
    const double middle = (from.y() + to.y()) / 2;
    path.cubicTo({from.x(), middle}, {to.x(), middle}, to);
    const QColor colour = palette.color(child.isOnWay ? QPalette::Highlight : QPalette::Mid);
    painter.setPen(QPen(colour, std::max(thinnestLine, widestLine * reached), Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void TreePicture::paint(QPainter& painter, const QRectF& seen, const QPalette& palette, int chosen, double scale)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    // The marked way over the others.
    for (const bool isOnWay : {false, true})
        for (const TreePlace& place : m_places) {
            if (place.parent < 0 || place.isOnWay != isOnWay)
                continue;
            const QRectF both = boxOf(place) | boxOf(m_places[static_cast<std::size_t>(place.parent)]);
            if (both.intersects(seen))
                paintLine(painter, place, palette);
        }
    QFont font = painter.font();
    font.setPixelSize(fontSize);
    painter.setFont(font);
    for (int i = 0; i < static_cast<int>(m_places.size()); ++i) {
        const QRectF box = boxOf(m_places[static_cast<std::size_t>(i)]);
        if (!box.intersects(seen))
            continue;
        painter.save();
        painter.translate(box.topLeft());
        m_nodes.paint(painter, m_places[static_cast<std::size_t>(i)], palette, i == chosen, scale < WordsFrom);
        painter.restore();
    }
}

} // namespace ocellus
