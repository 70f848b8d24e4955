// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

namespace ocellus {

enum class Tint { Info, Warning, Error };

/// A ground for a message: the window's own colour, light or dark, with a share of blue, amber or red, so that the
/// window's text stays readable on it.
inline QColor tint(const QPalette& palette, Tint tint)
{
    const QColor window = palette.color(QPalette::Window);
    const QColor signal = tint == Tint::Info      ? QColor(0x30, 0x80, 0xd0)
                          : tint == Tint::Warning ? QColor(0xf0, 0xa0, 0x10)
                                                  : QColor(0xd8, 0x30, 0x30);
    const auto mix = [](int of, int with) { return (7 * of + 3 * with) / 10; };
    return {mix(window.red(), signal.red()), mix(window.green(), signal.green()), mix(window.blue(), signal.blue())};
}

} // namespace ocellus
