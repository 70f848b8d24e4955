// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QByteArray>
#include <QImage>

namespace ocellus {

/// The image as PNG, compressed quickly. Throws Error(Internal) where it cannot be encoded.
QByteArray pngBytes(const QImage& image);

/// Sets the resolution that PNG and the clipboard carry; to be called after painting, which would else scale fonts by
/// it once more.
void setDotsPerInch(QImage& image, double dotsPerInch);

/// Writes the PNG atomically. Throws Error: Unreadable, Internal.
void writePng(const std::filesystem::path& path, const QImage& image);

} // namespace ocellus
