// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include <QWidget>

#include "ui/figures/edit_comparison.h"
#include "ui/figures/map_matrix.h"
#include "ui/figures/map_painter.h"
#include "ui/figures/picture_difference.h"
#include "ui/widgets/view_transform.h"

namespace ocellus {

/// A picture before and after its edits with one head's maps: side by side with their difference, or in one place with
/// a divider between them.
///
/// Wheel, + and -: zoom. Middle drag, or left drag side by side: pan. F: fit. Z: one to one. B held: before in the
/// place of after. H held: no maps. With the divider: left drag, Left, Right, Home and End move it.
class BeforeAfterPictures : public QWidget {
    Q_OBJECT

public:
    enum class Arrangement { SideBySide, Swipe };

    explicit BeforeAfterPictures(QWidget* parent = nullptr);

    /// `matrix` holds the maps: rows before, after, difference, a column a head. `head` is the column.
    void setComparison(const EditComparison& comparison, const MapMatrix& matrix, int head);

    /// Pictures of two sizes, after a crop for instance, lie side by side whatever is chosen.
    void setArrangement(Arrangement arrangement);
    Arrangement arrangement() const { return m_arrangement; }
    bool canSwipe() const { return !m_difference.isEmpty(); }

    void setDivider(double share); ///< 0: only after is seen, 1: only before
    double divider() const { return m_divider; }
    void setBlinking(bool blinking); ///< before is seen in the place of after
    bool isBlinking() const { return m_blinking; }
    void setMapsVisible(bool visible);
    bool areMapsVisible() const { return m_mapsVisible; }

    QSize sizeHint() const override { return {640, 260}; }
    QSize minimumSizeHint() const override { return {200, 120}; }

signals:
    void dividerMoved(double share);
    void blinkingChanged(bool blinking);
    void mapsVisibleChanged(bool visible);

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    enum Side { Before, After };
    /// One of the two pictures with its map.
    struct Shown {
        ScaledPicture picture;
        MapPainter map;
    };

    bool isSwiping() const { return m_arrangement == Arrangement::Swipe && canSwipe(); }
    int paneCount() const { return isSwiping() ? 1 : canSwipe() ? 3 : 2; }
    QRectF pane(int index) const;        ///< with its caption
    QRectF pictureArea(int index) const; ///< without
    PictureTransform transformOf(Side side, const QRectF& area) const;
    Side sideShownAs(Side side) const { return m_blinking ? Before : side; }
    QString captionOf(Side side) const;
    void paintSide(QPainter& painter, int index, Side side);
    void paintDifference(QPainter& painter);
    void paintDivider(QPainter& painter) const;
    void paintCaption(QPainter& painter, const QRectF& pane, const QString& text) const;
    double dividerX() const;
    void moveDividerTo(double share);
    bool takeKey(int key);
    void releaseKeys();
    void zoom(QPointF position, double factor);
    void describe();

    std::array<Shown, 2> m_sides;
    PictureDifference m_difference;
    MapPainter m_differenceMap;
    QString m_headTitle;
    ViewTransform m_view;
    Arrangement m_arrangement = Arrangement::SideBySide;
    double m_divider = 0.5;
    bool m_blinking = false;
    bool m_mapsVisible = true;
    bool m_blinkKeyHeld = false;
    bool m_mapsKeyHeld = false;
    bool m_movesDivider = false;
    std::optional<QPointF> m_dragFrom;
};

} // namespace ocellus
