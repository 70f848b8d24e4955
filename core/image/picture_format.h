// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/byte_reader.h"

namespace ocellus {

/// The formats that can be read.
enum class PictureFormat { Jpeg, Png, Tiff, WebP, Bmp };

/// Finds the format by the file's first bytes; its name decides nothing but which camera wrote a raw file.
/// Throws Error(Unsupported) that names what the file is instead and the way out.
PictureFormat sniffFormat(const ByteReader& file);

} // namespace ocellus
