// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/similarity_pane.h"

#include <algorithm>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/figures/similar_patches.h"

namespace ocellus {

SimilarityPane::SimilarityPane(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("What looks like the marked patch"));
    setAccessibleDescription(tr("The arrow keys mark another patch"));
}

void SimilarityPane::setMap(const QImage& picture, const CellGeometry& geometry, const MapStyle& style,
                            const std::vector<float>& cosines, Cell marked)
{
    m_picture = picture;
    m_geometry = geometry;
    m_cosines = cosines;
    m_marked = marked;
    m_scaled.setPicture(picture);
    m_painter.setMap(cosines, geometry, style, similarityRange(cosines));
    setCursor(Qt::CrossCursor);
    update();
}

void SimilarityPane::setStale(bool stale)
{
    m_isStale = stale;
    update();
}

PictureTransform SimilarityPane::transform() const
{
    return PictureTransform::fitting(m_picture.size(), QRectF(rect()));
}

QRectF SimilarityPane::cellRect(Cell cell) const
{
    return transform().toDevice(cellBox(m_geometry, cell));
}

std::optional<Cell> SimilarityPane::cellAt(QPointF position) const
{
    if (m_cosines.empty())
        return {};
    const Point point = transform().toPicture(position);
    return m_geometry.sees(point) ? std::optional(m_geometry.cellAt(point)) : std::nullopt;
}

void SimilarityPane::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_picture.isNull())
        return;
    m_painter.paint(painter, rect(), transform(), m_scaled);
    // Dark around light, so that it is seen on any picture.
    const QRectF cell = cellRect(m_marked);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 4, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawRect(cell);
    painter.setPen(QPen(Qt::white, 2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawRect(cell);
    if (m_isStale) {
        QColor veil = palette().color(QPalette::Window);
        veil.setAlphaF(0.6F);
        painter.fillRect(rect(), veil);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rect(), Qt::AlignCenter, tr("out of date"));
    }
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void SimilarityPane::mousePressEvent(QMouseEvent* event)
{
    const std::optional<Cell> cell = event->button() == Qt::LeftButton ? cellAt(event->position()) : std::nullopt;
    if (cell)
        emit cellChosen(*cell);
    else
        QWidget::mousePressEvent(event);
}

void SimilarityPane::mouseMoveEvent(QMouseEvent* event)
{
    const std::optional<Cell> cell = cellAt(event->position());
    if (!cell || m_isStale) {
        emit pointed({});
        return;
    }
    const auto index = static_cast<std::size_t>(cell->row * m_geometry.columns() + cell->column);
    emit pointed(static_cast<double>(m_cosines.at(index)));
}

void SimilarityPane::leaveEvent(QEvent*)
{
    emit pointed({});
}

void SimilarityPane::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const int down = (key == Qt::Key_Down) - (key == Qt::Key_Up);
    const int right = (key == Qt::Key_Right) - (key == Qt::Key_Left);
    if ((down == 0 && right == 0) || m_cosines.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    emit cellChosen({std::clamp(m_marked.row + down, 0, m_geometry.rows() - 1),
                     std::clamp(m_marked.column + right, 0, m_geometry.columns() - 1)});
}

} // namespace ocellus
