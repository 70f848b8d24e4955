// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace ocellus {

/// A bar of a round length in the lower right corner of a picture that shows `width` millimetres of nature across.
/// Nothing where the picture is too small for the bar and its words.
void paintScaleBar(QPainter& painter, const QRectF& picture, const QFont& font, double width);

/// The longest of 1, 2 and 5 times a power of ten that is at most `most`; of any unit. `most` is positive.
double roundLength(double most);

/// "5 mm", "200 µm", "2 m".
QString lengthText(double millimetres);

} // namespace ocellus
