// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include <QBasicTimer>
#include <QWidget>

#include "ui/figures/edit_comparison.h"
#include "ui/figures/map_matrix.h"
#include "ui/figures/map_painter.h"
#include "ui/figures/picture_difference.h"
#include "ui/widgets/linked_view.h"
#include "ui/widgets/loupe_subject.h"

namespace ocellus {

/// A picture before and after its edits with one head's maps: side by side with their difference, or in one place with
/// a divider between them, or in turn.
///
/// Wheel, + and -: zoom. Middle drag, or left drag where there is no divider: pan. F: fit. Z: one to one. Double click:
/// to the pixels there and back. With the divider: left drag, Left, Right, Home and End move it. What is held for every
/// view of the window (the picture before, no maps) goes by linked().
class BeforeAfterPictures : public QWidget, public LoupeSubject {
    Q_OBJECT

public:
    enum class Arrangement { SideBySide, Swipe, Blink };

    explicit BeforeAfterPictures(QWidget* parent = nullptr);

    /// `matrix` holds the maps: rows before, after, difference, a column a head. `head` is the column.
    void setComparison(const EditComparison& comparison, const MapMatrix& matrix, int head);

    /// Pictures of two sizes, after a crop for instance, lie side by side whatever is chosen.
    void setArrangement(Arrangement arrangement);
    Arrangement arrangement() const { return m_arrangement; }
    bool canSwipe() const { return !m_difference.isEmpty(); }
    /// Zoom, place, and what is held.
    LinkedView& linked() { return *m_linked; }
    std::optional<LoupeSight> sightAt(QPointF position) const override;

    void setDivider(double share); ///< 0: only after is seen, 1: only before
    double divider() const { return m_divider; }
    bool isBeforeShown() const; ///< in the place of after
    void setMapsVisible(bool visible);
    bool areMapsVisible() const { return m_mapsVisible && m_linked->isOverlayVisible(); }

    void fit();
    void showActualPixels();

    QSizeF pictureSize() const { return m_sides[After].picture.picture().size(); }
    QRectF pictureArea() const { return pictureArea(0); } ///< of the first pane, without its caption
    /// Where pictures are drawn, one a pane.
    QList<QRectF> pictureRects() const;

    QSize sizeHint() const override { return {640, 260}; }
    QSize minimumSizeHint() const override { return {200, 120}; }

signals:
    void dividerMoved(double share);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    enum Side { Before, After };
    /// One of the two pictures with its map.
    struct Shown {
        ScaledPicture picture;
        MapPainter map;
    };

    bool isSwiping() const { return m_arrangement == Arrangement::Swipe && canSwipe(); }
    bool isBlinking() const { return m_arrangement == Arrangement::Blink && canSwipe(); }
    int paneCount() const { return isSwiping() || isBlinking() ? 1 : canSwipe() ? 3 : 2; }
    int paneAt(QPointF position) const;
    Side sideAt(int pane, QPointF position) const;
    bool isDifference(int pane) const { return pane == 2; }
    QRectF pane(int index) const;        ///< with its caption
    QRectF pictureArea(int index) const; ///< without
    PictureTransform transformOf(Side side, const QRectF& area) const;
    Side sideShownAs(Side side) const { return isBeforeShown() ? Before : side; }
    QString captionOf(Side side) const;
    void paintSide(QPainter& painter, int index, Side side);
    void paintDifference(QPainter& painter);
    void paintDivider(QPainter& painter) const;
    void paintCaption(QPainter& painter, const QRectF& pane, const QString& text) const;
    double dividerX() const;
    void moveDividerTo(double share);
    bool takeKey(int key);
    void togglePixels(QPointF position);
    void showPixels(double pixel, QPointF position);
    void updateTimer();
    void zoom(QPointF position, double factor);
    void describe();

    std::array<Shown, 2> m_sides;
    PictureDifference m_difference;
    MapPainter m_differenceMap;
    QString m_headTitle;
    LinkedView* m_linked;
    Arrangement m_arrangement = Arrangement::SideBySide;
    double m_divider = 0.5;
    bool m_mapsVisible = true;
    bool m_beforesTurn = false; ///< while blinking
    QBasicTimer m_turns;
    bool m_movesDivider = false;
    std::optional<QPointF> m_dragFrom;
};

} // namespace ocellus
