// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QImage>

#include "ui/figures/explanation.h"

namespace ocellus {

/// How the maps are drawn: by the explanation's own style, or as INTR's released code does.
enum class FigureStyle { Honest, Paper };

/// The figure on white, with its resolution in the image's metadata; for the clipboard.
/// Throws Error(BadArgument) for an explanation without a decoding or a picture.
QImage renderFigure(const Explanation& explanation, FigureStyle style, double dotsPerInch = 300);

/// Writes PNG (300 dpi), SVG or PDF by the path's extension; an existing file is replaced only when all is written.
/// Throws Error: Unsupported (another extension), NotFound (no such folder), Unreadable (the system refuses, disk
/// full), BadArgument as renderFigure.
void writeFigure(const std::filesystem::path& path, const Explanation& explanation, FigureStyle style);

} // namespace ocellus
