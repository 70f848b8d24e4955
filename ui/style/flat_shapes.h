// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;
class QPalette;
class QStyleOption;

namespace ocellus {

/// The few shapes that all flat controls are made of. Sizes in device-independent pixels.
namespace flat {

constexpr qreal Radius = 4;

enum class Chevron { Up, Down, Left, Right };

QColor mixed(const QColor& one, const QColor& other, qreal shareOfOther);

/// The fill of something that can be pressed: nearer to the text's colour under the mouse, more so while pressed.
QColor pressable(const QStyleOption& option, const QColor& atRest);

/// A rounded box with a border one pixel wide, inside `rect`.
void drawBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal radius = Radius);

/// The border of what has the keyboard's focus.
void drawFocus(QPainter& painter, const QRectF& rect, const QPalette& palette);

void drawChevron(QPainter& painter, const QRectF& rect, Chevron chevron, const QColor& colour);

} // namespace flat

} // namespace ocellus
