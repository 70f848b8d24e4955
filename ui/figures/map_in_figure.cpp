// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/map_in_figure.h"

#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPaintEngine>

#include "ui/figures/figure_page.h"
#include "ui/figures/map_painter.h"

namespace ocellus {

namespace {

constexpr double contourWidth = 0.7;

} // namespace

MapInFigure::MapInFigure(QPainter& painter, const Explanation& explanation, double pixelsPerPoint)
    : m_painter(painter),
      m_explanation(explanation),
      m_pixelsPerPoint(pixelsPerPoint)
{
    m_scaled.setPicture(explanation.picture);
}

void MapInFigure::paint(const QRectF& rect, const TileMap* tile)
{
    MapPainter map;
    if (tile)
        map.setMap(tile->values, m_explanation.geometry, m_explanation.style, tile->range);
    if (tile && tile->box)
        map.addBox(*tile->box);
    const QSizeF picture = m_explanation.picture.size();
    const PictureTransform transform = PictureTransform::fitting(picture, rect);
    if (m_painter.paintEngine()->type() == QPaintEngine::Raster) {
        map.paint(m_painter, rect, transform, m_scaled);
    } else {
        const QSizeF shown = transform.scale * picture;
        const QSize pixels = (m_pixelsPerPoint * shown).toSize().expandedTo({1, 1});
        QImage image(pixels, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        map.paint(painter, image.rect(), PictureTransform::fitting(picture, image.rect()), m_scaled);
        painter.end();
        m_painter.drawImage(QRectF(transform.offset, shown), image);
    }
    map.paintLines(m_painter, rect, transform, contourWidth);
    if (tile && !tile->words.isEmpty())
        paintWords(QRectF(transform.offset, transform.scale * picture) & rect, tile->words);
}

void MapInFigure::paintWords(const QRectF& picture, const QString& words)
{
    const QFont font = FigurePage::font(FigurePage::smallSize);
    constexpr int flags = Qt::AlignLeft | Qt::TextWordWrap;
    const QRectF room = picture.adjusted(2, 1, -2, -1);
    QRectF label = QFontMetricsF(font).boundingRect(room, flags, words).adjusted(-2, -1, 2, 1);
    label.moveBottomLeft(picture.bottomLeft());
    label &= picture;
    m_painter.save();
    m_painter.fillRect(label, Qt::white);
    m_painter.setFont(font);
    m_painter.setPen(inkColour());
    m_painter.drawText(label.adjusted(2, 1, -2, -1), flags, words);
    m_painter.restore();
}

QFont fittingFont(const QStringList& texts, double width)
{
    QFont font = FigurePage::font(FigurePage::smallSize);
    const auto isTooWide = [&](const QString& text) { return QFontMetricsF(font).horizontalAdvance(text) + 1 > width; };
    while (font.pixelSize() > 1 && std::ranges::any_of(texts, isTooWide))
        font = FigurePage::font(font.pixelSize() - 1);
    return font;
}

} // namespace ocellus
