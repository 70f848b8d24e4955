// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/byte_reader.h"

namespace ocellus {

/// EXIF's orientation, 1 (upright) to 8, from a block that starts at the TIFF byte-order mark or at "Exif\0\0".
/// 1 where the block is damaged or says nothing: metadata is no reason to refuse a sound picture.
int exifOrientation(const ByteReader& block);

} // namespace ocellus
