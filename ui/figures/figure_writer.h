// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QByteArray>
#include <QImage>

#include "ui/figures/explanation.h"
#include "ui/figures/figure.h"

namespace ocellus {

/// How the maps are drawn: by the explanation's own style, or as INTR's released code does.
enum class FigureStyle { Honest, Paper };

/// The figure of a picture's heads. Throws Error(BadArgument) for an explanation without a decoding or a picture.
Figure figureOf(const Explanation& explanation, FigureStyle style);

/// More pixels than these are refused before memory is asked for: 400 MB.
inline constexpr double mostFigurePixels = 100e6;

/// The figure on white, with its resolution in the image's metadata; for the clipboard. Throws Error(TooLarge).
QImage renderFigure(const Figure& figure, double dotsPerInch = 300);

/// The figure as SVG, with its words as text; `dotsPerInch` is the resolution of its maps.
QByteArray svgBytes(const Figure& figure, double dotsPerInch = 300);

/// Writes PNG, SVG or PDF by the path's extension; `dotsPerInch` as above. An existing file is replaced only when all
/// is written. Throws Error: Unsupported (another extension), NotFound (no such folder), Unreadable (the system
/// refuses, disk full), TooLarge as renderFigure.
void writeFigure(const std::filesystem::path& path, const Figure& figure, double dotsPerInch = 300);

} // namespace ocellus
