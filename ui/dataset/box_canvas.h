// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QImage>
#include <QWidget>

#include "core/edit/pixel_box.h"

namespace ocellus {

/// A picture with the box of its animal, which one drag draws anew; one that is only proposed is dashed.
class BoxCanvas : public QWidget {
    Q_OBJECT

public:
    explicit BoxCanvas(QWidget* parent = nullptr);

    /// A null image shows `words` in its place.
    void setPicture(const QImage& picture, const QString& words = {});
    void setBox(const std::optional<PixelBox>& box, bool isProposed);

    /// Where the picture lies; empty without one.
    QRectF pictureRect() const;
    QSize minimumSizeHint() const override { return {200, 150}; }

signals:
    void boxDrawn(const ocellus::PixelBox& box); ///< within the picture, of at least 8 pixels a side

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    PixelBox boxOf(QPointF from, QPointF to) const;
    QRectF onScreen(const PixelBox& box) const;

    QImage m_picture;
    QString m_words;
    std::optional<PixelBox> m_box;
    bool m_isProposed = false;
    std::optional<QPointF> m_from; ///< while it is dragged
    QPointF m_to;
};

} // namespace ocellus
