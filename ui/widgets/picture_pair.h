// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include <QBasicTimer>
#include <QWidget>

#include "ui/figures/picture_difference.h"
#include "ui/widgets/pair_picture.h"

namespace ocellus {

/// What a PicturePair shows.
struct PairContent {
    PairSide first, second;
    /// The maps' difference, over that of the pictures: it has a pane of its own, and pictures of two sizes, which
    /// have none, are not laid over each other.
    std::optional<MatrixCell> difference;
};

/// Two pictures with a map each: side by side, with their difference where that is given, or in one place with a
/// divider between them, or in turn. Both zoom and move together, in parts of their size.
///
/// Wheel, + and -: zoom. Middle drag, or left drag where there is no divider: pan. F: fit. Z: one to one. Double click:
/// to the pixels there and back. With the divider: left drag, Left, Right, Home and End move it. What is held for every
/// view of the window (the pictures before their edits, no maps) goes by linked().
class PicturePair : public QWidget, public LoupeSubject {
    Q_OBJECT

public:
    enum class Arrangement { SideBySide, Swipe, Blink };

    explicit PicturePair(QWidget* parent = nullptr);

    void setPair(const PairContent& content);

    /// Pictures that cannot be swiped lie side by side whatever is chosen.
    void setArrangement(Arrangement arrangement);
    Arrangement arrangement() const { return m_arrangement; }
    bool canSwipe() const;
    /// Zoom, place, and what is held.
    LinkedView& linked() { return *m_linked; }
    std::optional<LoupeSight> sightAt(QPointF position) const override;

    void setDivider(double share); ///< 0: only the second is seen, 1: only the first
    double divider() const { return m_divider; }
    bool isFirstsTurn() const { return isBlinking() && m_firstsTurn; }
    void setMapsVisible(bool visible);
    bool areMapsVisible() const { return m_mapsVisible && m_linked->isOverlayVisible(); }
    QString headTitle() const { return m_sides[Second].headTitle(); } ///< of the second's map; empty without one
    bool isStale() const;                                             ///< either side is out of date, and says so

    void fit();
    void showActualPixels();

    QSizeF pictureSize() const { return m_sides[Second].explanation().picture.size(); }
    QRectF pictureArea() const { return pictureArea(0); } ///< of the first pane, without its caption
    /// Where pictures are drawn, one a pane.
    QList<QRectF> pictureRects() const;
    /// Under the mouse, or of the second where there is none; null without pictures.
    const Explanation* explanationAt(QPointF position) const;

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
    void showEvent(QShowEvent*) override { updateTimer(); }
    void hideEvent(QHideEvent*) override { updateTimer(); }
    void timerEvent(QTimerEvent* event) override;

private:
    enum Index { First, Second };

    bool hasPictures() const;
    bool isSwiping() const { return m_arrangement == Arrangement::Swipe && canSwipe(); }
    bool isBlinking() const { return m_arrangement == Arrangement::Blink && canSwipe(); }
    int paneCount() const;
    int paneAt(QPointF position) const;
    Index sideAt(QPointF position) const;
    QRectF pane(int index) const;        ///< with its caption
    QRectF pictureArea(int index) const; ///< without
    QString captionOf(Index side) const { return m_sides[side].caption(*m_linked, areMapsVisible()); }
    void paintInOnePlace(QPainter& painter);
    void paintSide(QPainter& painter, int pane, Index side);
    void paintDifference(QPainter& painter);
    void paintDivider(QPainter& painter) const;
    void paintCaption(QPainter& painter, const QRectF& pane, const QString& text) const;
    double dividerX() const;
    void moveDividerTo(double share);
    void moveDividerTo(QPointF position);
    bool takeKey(int key);
    void togglePixels(QPointF position);
    void showPixels(double pixel, QPointF position);
    void updateTimer();
    template <class Change>
    void changeView(Change&& change);
    void zoom(QPointF position, double factor);
    void describe();

    std::array<PairPicture, 2> m_sides;
    bool m_hasDifference = false;
    PictureDifference m_difference;
    MapPainter m_differenceMap;
    LinkedView* m_linked;
    Arrangement m_arrangement = Arrangement::SideBySide;
    double m_divider = 0.5;
    bool m_mapsVisible = true;
    bool m_firstsTurn = false; ///< while blinking
    QBasicTimer m_turns;
    bool m_movesDivider = false;
    std::optional<QPointF> m_dragFrom;
};

} // namespace ocellus
