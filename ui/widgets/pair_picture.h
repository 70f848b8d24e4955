// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QCoreApplication>
#include <QPalette>

#include "ui/figures/map_matrix.h"
#include "ui/figures/scaled_picture.h"
#include "ui/widgets/linked_view.h"
#include "ui/widgets/tile_picture.h"

namespace ocellus {

/// One of two pictures that are compared, with its map, and what it is called.
struct PairSide {
    QString name;
    MatrixCell cell;    ///< its caption is not shown
    QString nameBefore; ///< while the picture before its edits is seen; empty: the name, and that it is
};

/// A PairSide as it is painted: with its map or before its edits, as a view of it says, and veiled while out of date.
class PairPicture {
    Q_DECLARE_TR_FUNCTIONS(ocellus::PairPicture)

public:
    void set(const PairSide& side);

    bool isEmpty() const { return m_picture.isEmpty(); }
    const QString& name() const { return m_name; }
    const QString& headTitle() const { return m_headTitle; } ///< empty without a map
    const Explanation& explanation() const { return m_picture.explanation(); }
    bool isBeforeShown(const LinkedView& view) const { return view.isBeforeShown() && m_picture.hasBefore(); }

    /// Name, head, and what is unusual about what is shown.
    QString caption(const LinkedView& view, bool withMap) const;
    QRectF placeIn(const QRectF& area, const LinkedView& view) const; ///< where the picture is drawn
    void paint(QPainter& painter, const QRectF& area, const LinkedView& view, bool withMap, const QPalette& palette);
    std::optional<LoupeSight> sightAt(QPointF position, const QRectF& area, const LinkedView& view, bool withMap) const;

private:
    QString m_name, m_nameBefore;
    QString m_headTitle;
    TilePicture m_picture;
    ScaledPicture m_scaled;
};

} // namespace ocellus
