// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "ui/figures/scaled_picture.h"

namespace ocellus {

/// What an edit changed in a picture: each channel's half of the change around a middle grey, so that grey is
/// unchanged. Computed for what is seen alone, however large the pictures are.
class PictureDifference {
public:
    /// Pictures of two sizes have no difference.
    void setPictures(const QImage& before, const QImage& after);
    bool isEmpty() const { return m_before.picture().isNull(); }

    /// As ScaledPicture::part.
    const ScaledPicture::Part& part(const QRect& area, const PictureTransform& transform);

private:
    ScaledPicture m_before;
    ScaledPicture m_after;
    QRect m_area;
    PictureTransform m_transform;
    ScaledPicture::Part m_part;
};

/// Of two images of one size, Format_RGB32.
QImage differenceImage(const QImage& before, const QImage& after);

} // namespace ocellus
