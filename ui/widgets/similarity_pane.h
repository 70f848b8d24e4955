// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QWidget>

#include "ui/figures/map_painter.h"

namespace ocellus {

/// A picture under a map of how much each of its cells looks like a marked one. A click or the arrow keys mark another.
class SimilarityPane : public QWidget {
    Q_OBJECT

public:
    explicit SimilarityPane(QWidget* parent = nullptr);

    /// `cosines`, -1 to 1, of the geometry's cells with `marked`; `style` without what is told in times uniform.
    void setMap(const QImage& picture, const CellGeometry& geometry, const MapStyle& style,
                const std::vector<float>& cosines, Cell marked);
    /// The map is of something else than what is wanted by now.
    void setStale(bool stale);

    QRectF cellRect(Cell cell) const; ///< in the widget's coordinates
    QSize minimumSizeHint() const override { return {120, 90}; }

signals:
    void cellChosen(ocellus::Cell cell);
    /// The cosine under the mouse; none where there is no cell.
    void pointed(std::optional<double> cosine);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    PictureTransform transform() const;
    std::optional<Cell> cellAt(QPointF position) const;

    QImage m_picture;
    CellGeometry m_geometry;
    std::vector<float> m_cosines;
    Cell m_marked;
    bool m_isStale = false;
    MapPainter m_painter;
    ScaledPicture m_scaled;
};

} // namespace ocellus
