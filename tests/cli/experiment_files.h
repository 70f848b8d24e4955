// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include <QFile>
#include <QImage>
#include <QList>
#include <QStringList>

namespace ocellus {

/// 90 x 70 pixels, of another look for each kind.
inline QImage experimentPicture(int kind)
{
    QImage picture(90, 70, QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixel(x, y, qRgb((x * (kind + 2)) % 256, (y * 3 + kind * 40) % 256, (x * y * kind) % 256));
    return picture;
}

/// Of such a picture: a square of 20 pixels.
inline QImage experimentMask(int left)
{
    QImage mask(90, 70, QImage::Format_Grayscale8);
    mask.fill(Qt::black);
    for (int y = 20; y < 40; ++y)
        std::fill_n(mask.scanLine(y) + left, 20, uchar{255});
    return mask;
}

/// As the fields hold no quotation marks here, but for errors.
inline QList<QStringList> experimentRows(const QString& file)
{
    QFile csv(file);
    QList<QStringList> rows;
    if (csv.open(QIODevice::ReadOnly))
        for (const QString& line : QString::fromUtf8(csv.readAll()).split('\n', Qt::SkipEmptyParts))
            rows << line.split(',');
    return rows;
}

} // namespace ocellus
