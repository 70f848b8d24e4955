// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QWidget>

#include "ui/widgets/linked_view.h"
#include "ui/widgets/tile_caption.h"
#include "ui/widgets/tile_picture.h"

namespace ocellus {

/// One map over its picture, with the head's number, peak and score above it, and what limits it.
///
/// Wheel: zoom at the cursor. Middle drag, or left drag while Space is held: pan. F: fit. Z: one to one. Click: selects
/// the head and places the crosshair. Shift and arrows move the crosshair, Esc removes it.
class MapTile : public QWidget, public LoupeSubject {
    Q_OBJECT

public:
    /// Tiles that share `picture` scale it once. `view` must outlive the tile.
    MapTile(LinkedView& view, std::shared_ptr<ScaledPicture> picture, QWidget* parent = nullptr);

    /// Without a tile the picture alone is shown; an explanation without a picture says why.
    void setMap(const Explanation& explanation, const TileMap* tile);
    void setSelected(bool selected);
    /// Moves the picture, where the point is out of sight, until it is in the middle.
    void reveal(Point point);

    int head() const { return m_content.head(); } ///< as TileMap::head; -1 without a map
    const Explanation& explanation() const { return m_content.explanation(); }
    bool isSelected() const { return m_selected; }

    /// Below the caption, and beside a prototype's own patch, in the widget's coordinates.
    QRectF pictureArea() const;
    PictureTransform pictureTransform() const; ///< where the picture lies in it
    std::optional<LoupeSight> sightAt(QPointF position) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    void fit();
    void showActualPixels();

signals:
    void clicked(int head);
    void activated(int head); ///< double click, or Return
    void shown();             ///< another explanation or head

protected:
    bool hasPicture() const { return !m_content.isEmpty(); }
    bool isPanning() const { return m_dragFrom || m_view.isPanning(); }
    bool isOverlayVisible() const { return m_view.isOverlayVisible(); }
    void leaveCell()
    {
        m_mouse.reset();
        m_view.leave();
    }
    void updateCursor();
    /// Whether a map that is out of date is left out, rather than veiled together with the picture.
    virtual bool keepsPictureClear() const { return false; }
    /// Whether the map makes way for the picture for a moment.
    virtual bool hidesMap() const { return false; }
    /// Whether a double click goes to the picture's pixels and back; else it is the grid's, which enlarges the tile.
    virtual bool enlargesItself() const { return false; }
    /// While nothing is panned.
    virtual QCursor idleCursor() const;

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void tellTitle();
    QRectF areaBelowCaption() const;
    bool isBeforeShown() const;
    void zoomTo(double pixel, QPointF place);
    void togglePixels(QPointF place);
    void paintPicture(QPainter& painter);
    void paintMarks(QPainter& painter) const;
    QString pointedText() const;
    void pointAt(QPointF position);
    void followPicture();
    QSizeF labelSize(const QString& text) const;
    void paintLabel(QPainter& painter, const QString& text, QPointF topLeft) const;
    bool showsMap() const;
    void paintStale(QPainter& painter) const;
    void paintWords(QPainter& painter) const;
    void paintFrame(QPainter& painter) const;
    bool moveCrosshair(int key);
    std::optional<Cell> cellAt(QPointF position) const;
    /// Of the picture that the cells are of; none beside it.
    std::optional<Point> picturePoint(QPointF position) const;
    void setPointsAtUnseen(bool unseen);

    LinkedView& m_view;
    std::shared_ptr<ScaledPicture> m_picture;
    TilePicture m_content;
    TileCaption m_caption;
    bool m_selected = false;
    bool m_pointsAtUnseen = false; // at a place of the picture that the model doesn't see
    std::optional<QPointF> m_dragFrom;
    std::optional<QPointF> m_mouse; ///< while it is over the tile
    ViewTransform m_pointedIn;      ///< the view when it was pointed last
};

} // namespace ocellus
