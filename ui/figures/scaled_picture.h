// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <QImage>
#include <QPainter>

#include "core/analysis/overlay.h"
#include "ui/figures/picture_transform.h"

namespace ocellus {

/// A picture at the size and place where it was last asked for: tiles of one size share it and scale it once.
class ScaledPicture {
public:
    /// The part of the picture that a device shows.
    class Part {
    public:
        Part() = default;
        Part(QImage seen, QPoint place) : image(std::move(seen)), topLeft(place) {}

        QImage image;   ///< Format_RGB32
        QPoint topLeft; ///< in device pixels

        /// The image as what maps are laid on; kept, so that tiles share it as they share the image.
        const QImage& on(const GroundTone& ground) const;

    private:
        mutable QImage m_toned;
        mutable GroundTone m_ground;
    };

    void setPicture(const QImage& picture);
    const QImage& picture() const { return m_picture; }

    /// What is seen in `area`, both in device pixels; averaged, not sampled, where the picture is shrunk.
    const Part& part(const QRect& area, const PictureTransform& transform);

    /// For another picture that takes this one's place for a moment: it keeps its own scaled part. Made when asked for.
    ScaledPicture& sibling();

private:
    const QImage& levelFor(double scale);

    QImage m_picture;
    std::vector<QImage> m_halves; ///< the picture at 1/2, 1/4, ... as far as needed yet
    QRect m_area;
    PictureTransform m_transform;
    Part m_part;
    std::unique_ptr<ScaledPicture> m_sibling;
};

/// Stretches the image over `box`, as the painter's hints say, where `visible` shows it; both in the painter's
/// coordinates. Pixels outside `visible` can be touched: clip.
void drawStretched(QPainter& painter, const QImage& image, const QRectF& box, const QRect& visible);

} // namespace ocellus
