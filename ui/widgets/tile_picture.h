// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QCoreApplication>

#include "ui/figures/explanation.h"
#include "ui/figures/map_painter.h"
#include "ui/widgets/loupe_subject.h"
#include "ui/widgets/view_transform.h"

namespace ocellus {

/// A tile's picture with its map, and what it was before its edits.
class TilePicture {
    Q_DECLARE_TR_FUNCTIONS(ocellus::TilePicture)

public:
    /// Without a tile, the picture alone.
    void set(const Explanation& explanation, const TileMap* tile);

    const Explanation& explanation() const { return m_explanation; }
    bool isEmpty() const { return m_explanation.picture.isNull(); }
    QString words() const { return m_tile ? m_tile->words : QString(); } ///< as TileMap::words
    int head() const { return m_tile ? m_tile->head : -1; }              ///< as TileMap::head; -1 without a map

    /// A difference is of both already, and what is not edited has nothing before it.
    bool hasBefore() const
    {
        return m_explanation.before && !m_explanation.before->picture.isNull() && !(m_tile && m_tile->trough);
    }

    /// Where the picture lies, or the one before: the same part of it where that had another size.
    PictureTransform transform(const QRectF& area, const ViewTransform& view, bool before = false) const;
    /// What paint() covers for sure, in the widget's units.
    QRect covered(const QRectF& area, const ViewTransform& view, bool before) const;
    void paint(QPainter& painter, const QRectF& area, const ViewTransform& view, ScaledPicture& scaled, bool withMap,
               bool before);

    /// What of a tile's area its prototype's own patch takes; empty where there is none, or no room.
    QRectF roomOfPatch(const QRectF& area) const;
    /// As paintPatch().
    void paintPatchOf(QPainter& painter, const QRectF& room, const QColor& ink) const;

    /// As PrototypePatch::from; empty where there is no patch.
    QString patchFrom() const;

    /// "peak 41×" of the map before the edits, or that there is none.
    QString beforeText() const { return before().words; }
    /// "41×", of a difference "+12×", in a unit of its own "0.3 logit": of the cell there. Empty without a map.
    QString valueText(QPointF picturePoint) const;
    std::optional<LoupeSight> sightAt(QPointF position, const QRectF& area, const ViewTransform& view, bool withMap,
                                      bool before) const;

private:
    /// The picture before its edits with its map.
    struct Before {
        QImage picture;
        MapPainter painter;
        QString words; ///< its peak, or that it has no map
    };

    const Before& before() const;

    Explanation m_explanation;
    std::optional<TileMap> m_tile;
    MapPainter m_painter;
    mutable std::optional<Before> m_before; ///< made when it is first shown: most never are
};

} // namespace ocellus
