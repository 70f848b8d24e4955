// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tile_picture.h"

#include <algorithm>

#include "ui/figures/figure_text.h"
#include "ui/figures/prototype_patches.h"

namespace ocellus {

namespace {

constexpr double contourWidth = 1.2;

Box wholeOf(QSizeF picture)
{
    return {0, 0, picture.width(), picture.height()};
}

} // namespace

void TilePicture::set(const Explanation& explanation, const TileMap* tile)
{
    m_explanation = explanation;
    m_tile = tile ? std::optional(*tile) : std::nullopt;
    m_before.reset();
    if (tile)
        m_painter.setMap(tile->values, explanation.geometry, explanation.style, tile->range);
    else
        m_painter.clear();
    if (tile && tile->box)
        m_painter.addBox(*tile->box);
}

QRectF TilePicture::roomOfPatch(const QRectF& area) const
{
    const bool keepsRoom =
        m_tile && m_tile->part && !m_tile->part->isGlobal() && m_explanation.patches && m_explanation.patches->areThere;
    return keepsRoom ? patchRoom(area) : QRectF();
}

void TilePicture::paintPatchOf(QPainter& painter, const QRectF& room, const QColor& ink) const
{
    paintPatch(painter, room, m_tile ? m_tile->patch.get() : nullptr, ink);
}

QString TilePicture::patchFrom() const
{
    return m_tile && m_tile->patch ? m_tile->patch->from : QString();
}

const TilePicture::Before& TilePicture::before() const
{
    if (m_before)
        return *m_before;
    m_before.emplace();
    m_before->words = tr("no map");
    const std::optional<Explanation> before = beforeOf(m_explanation);
    if (!before)
        return *m_before;
    m_before->picture = before->picture;
    const std::vector<TileMap> maps = tileMaps(*before);
    const auto found = std::ranges::find(maps, head(), &TileMap::head);
    // In the colours of the map that it takes the place of, so that equal colours are equal values.
    if (found != maps.end()) {
        m_before->painter.setMap(found->values, before->geometry, before->style,
                                 before->style.perMapStretch ? found->range : m_tile->range);
        m_before->words = found->part ? FigureText::score(*found) : FigureText::peak(*found);
    }
    return *m_before;
}

PictureTransform TilePicture::transform(const QRectF& area, const ViewTransform& view, bool before) const
{
    const QSizeF picture = before ? this->before().picture.size() : m_explanation.picture.size();
    return picture.isEmpty() ? view.in(area) : view.ofPicture(picture).in(area);
}

QRect TilePicture::covered(const QRectF& area, const ViewTransform& view, bool before) const
{
    const QSizeF picture = before ? this->before().picture.size() : m_explanation.picture.size();
    return pixelsInside(transform(area, view, before).toDevice(wholeOf(picture))) &
           pixelsInside(area).adjusted(1, 1, -1, -1);
}

void TilePicture::paint(QPainter& painter, const QRectF& area, const ViewTransform& view, ScaledPicture& scaled,
                        bool withMap, bool before)
{
    const MapPainter& map = before ? this->before().painter : m_painter;
    ScaledPicture& picture = before ? scaled.sibling() : scaled;
    if (before)
        picture.setPicture(this->before().picture);
    const PictureTransform place = transform(area, view, before);
    map.paint(painter, area, place, picture, withMap);
    if (withMap)
        map.paintLines(painter, area, place, contourWidth);
}

QString TilePicture::valueText(QPointF picturePoint) const
{
    if (!m_tile)
        return {};
    const Cell cell = m_explanation.geometry.cellAt({picturePoint.x(), picturePoint.y()});
    const auto index = static_cast<std::size_t>(cell.row * m_explanation.geometry.columns() + cell.column);
    if (index >= m_tile->values.size())
        return {};
    if (index < m_tile->similarities.size() && !m_tile->trough)
        return tr("similarity %1").arg(FigureText::number(static_cast<double>(m_tile->similarities[index])));
    return FigureText::value(*m_tile, static_cast<double>(m_tile->values[index]));
}

std::optional<LoupeSight> TilePicture::sightAt(QPointF position, const QRectF& area, const ViewTransform& view,
                                               bool withMap, bool before) const
{
    if (isEmpty() || !area.contains(position))
        return {};
    LoupeSight sight;
    sight.picture = before ? this->before().picture : m_explanation.picture;
    const PictureTransform place = transform(area, view, before);
    sight.point = place.toPicture(position);
    sight.scale = place.scale;
    const bool isOn = sight.point.x >= 0 && sight.point.y >= 0 && sight.point.x < sight.picture.width() &&
                      sight.point.y < sight.picture.height();
    if (!isOn)
        return {};
    if (before) {
        sight.map = &this->before().painter;
        sight.words = tr("before the edits");
    } else if (m_explanation.stale) {
        // An old map is not enlarged: what it would say of this picture is not known yet.
        sight.words = tr("out of date");
    } else if (m_tile) {
        sight.map = &m_painter;
        const QString value = valueText({sight.point.x, sight.point.y});
        sight.words = value.isEmpty() ? m_tile->title
                                      : tr("%1: %2", "a head, and its value at the mouse").arg(m_tile->title, value);
    }
    if (!withMap)
        sight.map = nullptr;
    return sight;
}

} // namespace ocellus
