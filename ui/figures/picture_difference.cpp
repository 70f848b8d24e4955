// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/picture_difference.h"

namespace ocellus {

void PictureDifference::setPictures(const QImage& before, const QImage& after)
{
    const bool comparable = before.size() == after.size();
    m_before.setPicture(comparable ? before : QImage());
    m_after.setPicture(comparable ? after : QImage());
    m_area = {};
    m_part = {};
}

const ScaledPicture::Part& PictureDifference::part(const QRect& area, const PictureTransform& transform)
{
    if (area == m_area && transform == m_transform)
        return m_part;
    m_area = area;
    m_transform = transform;
    const ScaledPicture::Part& before = m_before.part(area, transform);
    m_part = {differenceImage(before.image, m_after.part(area, transform).image), before.topLeft};
    return m_part;
}

QImage differenceImage(const QImage& before, const QImage& after)
{
    QImage difference(before.size(), QImage::Format_RGB32);
    for (int y = 0; y < difference.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(before.constScanLine(y));
        const auto* to = reinterpret_cast<const QRgb*>(after.constScanLine(y));
        auto* out = reinterpret_cast<QRgb*>(difference.scanLine(y));
        const auto half = [](int less, int more) { return 128 + (more - less) / 2; };
        for (int x = 0; x < difference.width(); ++x)
            out[x] = qRgb(half(qRed(from[x]), qRed(to[x])), half(qGreen(from[x]), qGreen(to[x])),
                          half(qBlue(from[x]), qBlue(to[x])));
    }
    return difference;
}

} // namespace ocellus
