// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/tree_node_painter.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QFontMetricsF>

#include "ui/figures/figure_text.h"
#include "ui/figures/prototype_patches.h"

namespace ocellus {

namespace {

constexpr double inset = 5;
constexpr double thumbnail = 47;
constexpr double cellsAround = 1.6; ///< of the found cell's middle, that are shown in each direction
constexpr int largestThumbnail = 96;

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

void paintThumbnail(QPainter& painter, const QRectF& room, const QImage& image)
{
    const QSizeF size = QSizeF(image.size()).scaled(room.size(), Qt::KeepAspectRatio);
    QRectF target(QPointF(), size);
    target.moveCenter(room.center());
    painter.drawImage(target, image);
}

} // namespace

void TreeNodePainter::setAnswer(const Explanation& explanation, TreeText::NameOfClass nameOf)
{
    const bool isSame = explanation.decoding == m_explanation.decoding &&
                        explanation.picture.cacheKey() == m_explanation.picture.cacheKey();
    m_explanation = explanation;
    m_nameOf = std::move(nameOf);
    if (!isSame)
        m_found.clear();
}

const QImage& TreeNodePainter::foundAt(const TreeAnswer::Node& node)
{
    const auto known = m_found.find(node.cell);
    if (known != m_found.end())
        return known->second;
    const CellGeometry& geometry = m_explanation.geometry;
    const Cell cell{node.cell / std::max(1, geometry.columns()), node.cell % std::max(1, geometry.columns())};
    const Point centre = geometry.centre(cell);
    const Box grid = geometry.gridBox();
    const double across = cellsAround * grid.width / std::max(1, geometry.columns());
    const double down = cellsAround * grid.height / std::max(1, geometry.rows());
    const QRectF around(centre.x - across, centre.y - down, 2 * across, 2 * down);
    const QRect part = around.toAlignedRect() & m_explanation.picture.rect();
    QImage found = part.isEmpty() || node.cell < 0 ? QImage() : m_explanation.picture.copy(part);
    if (std::max(found.width(), found.height()) > largestThumbnail)
        found = found.scaled(largestThumbnail, largestThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return m_found.emplace(node.cell, std::move(found)).first->second;
}

void TreeNodePainter::paint(QPainter& painter, const TreePlace& place, const QPalette& palette, bool isChosen,
                            bool isTiny)
{
    const QColor marked = palette.color(QPalette::Highlight);
    const QRectF box(QPointF(), Size);
    painter.setBrush(palette.color(isChosen ? QPalette::AlternateBase : QPalette::Base));
    const QColor edge = place.isOnWay || isChosen ? marked : palette.color(QPalette::Mid);
    painter.setPen(QPen(edge,
                        isChosen        ? 3
                        : place.isOnWay ? 2
                                        : 1,
                        place.foldedLeaves > 0 ? Qt::DashLine : Qt::SolidLine));
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(palette.color(QPalette::Text));
    const bool isBranch = !tree().nodes[static_cast<std::size_t>(place.node)].isLeaf() && place.foldedLeaves == 0;
    if (isBranch)
        paintBranch(painter, place, isTiny);
    else
        paintLeaf(painter, place, isTiny);
}

void TreeNodePainter::paintBranch(QPainter& painter, const TreePlace& place, bool isTiny)
{
    const TreeAnswer::Node& node = tree().nodes[static_cast<std::size_t>(place.node)];
    const QFont normal = painter.font();
    const double line = QFontMetricsF(normal).height();
    const QRectF inner = QRectF(QPointF(), Size).adjusted(inset, inset, -inset, -inset);
    QRectF room(inner.left(), inner.top() + line + 1, thumbnail, thumbnail);
    const bool hasPatches = m_explanation.patches && m_explanation.patches->areThere;
    if (hasPatches) {
        const auto patch = patchOf(m_explanation.patches, node.prototype);
        if (patch && !patch->patch.isNull())
            paintThumbnail(painter, room, patch->patch);
        else if (patch)
            painter.drawText(room, Qt::AlignCenter, QStringLiteral("?"));
        room.moveRight(inner.right());
    } else {
        room.moveLeft(inner.center().x() - thumbnail / 2);
    }
    if (const QImage& found = foundAt(node); !found.isNull())
        paintThumbnail(painter, room, found);
    if (isTiny)
        return;
    painter.drawText(inner, Qt::AlignRight | Qt::AlignTop, FigureText::number(node.presence));
    painter.drawText(inner, Qt::AlignHCenter | Qt::AlignBottom,
                     TreeText::tr("reached %1").arg(FigureText::number(node.reached)));
    painter.setFont(bold(normal));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, TreeText::name(tree(), place));
    painter.setFont(normal);
}

void TreeNodePainter::paintLeaf(QPainter& painter, const TreePlace& place, bool isTiny)
{
    if (isTiny)
        return;
    const TreeAnswer::Node& node = tree().nodes[static_cast<std::size_t>(place.node)];
    const QRectF inner = QRectF(QPointF(), Size).adjusted(inset, inset, -inset, -inset);
    const QString reached = TreeText::tr("reached %1").arg(FigureText::number(node.reached));
    painter.drawText(inner, Qt::AlignHCenter | Qt::AlignBottom, reached);
    const QFont normal = painter.font();
    if (place.foldedLeaves > 0) {
        painter.drawText(inner, Qt::AlignCenter | Qt::TextWordWrap, TreeText::name(tree(), place));
        return;
    }
    painter.drawText(inner, Qt::AlignHCenter | Qt::AlignTop, FigureText::number(node.leafShare));
    const double line = QFontMetricsF(normal).height();
    painter.setFont(bold(normal));
    painter.drawText(inner.adjusted(0, line, 0, -line), Qt::AlignCenter | Qt::TextWordWrap, m_nameOf(node.leafClass));
    painter.setFont(normal);
}

} // namespace ocellus
