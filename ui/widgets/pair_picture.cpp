// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pair_picture.h"

namespace ocellus {

namespace {

constexpr float veilOpacity = 0.6F; ///< over what is out of date, as a tile's

} // namespace

void PairPicture::set(const PairSide& side)
{
    m_name = side.name;
    m_nameBefore = side.nameBefore;
    m_headTitle = side.cell.tile ? side.cell.tile->title : QString();
    m_picture.set(side.cell.explanation ? *side.cell.explanation : Explanation(),
                  side.cell.tile ? &*side.cell.tile : nullptr);
    m_scaled.setPicture(explanation().picture);
}

QString PairPicture::caption(const LinkedView& view, bool withMap) const
{
    const bool before = isBeforeShown(view);
    QStringList words{before && !m_nameBefore.isEmpty() ? m_nameBefore : m_name};
    if (withMap && !m_headTitle.isEmpty())
        words += m_headTitle;
    if (withMap && !before && !m_picture.words().isEmpty())
        words += m_picture.words();
    if (before && m_nameBefore.isEmpty())
        words += tr("before the edits");
    else if (!before && explanation().stale)
        words += tr("out of date");
    return words.join(QStringLiteral(" · "));
}

QRectF PairPicture::placeIn(const QRectF& area, const LinkedView& view) const
{
    const PictureTransform transform = m_picture.transform(area, view.transform());
    return QRectF(transform.toDevice(Point{0, 0}), transform.scale * QSizeF(explanation().picture.size())) & area;
}

void PairPicture::paint(QPainter& painter, const QRectF& area, const LinkedView& view, bool withMap,
                        const QPalette& palette)
{
    const bool before = isBeforeShown(view);
    m_picture.paint(painter, area, view.transform(), m_scaled, withMap, before);
    if (before || !explanation().stale)
        return;
    QColor veil = palette.color(QPalette::Window);
    veil.setAlphaF(veilOpacity);
    painter.fillRect(area, veil);
}

std::optional<LoupeSight> PairPicture::sightAt(QPointF position, const QRectF& area, const LinkedView& view,
                                               bool withMap) const
{
    return m_picture.sightAt(position, area, view.transform(), withMap, isBeforeShown(view));
}

} // namespace ocellus
