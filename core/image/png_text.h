// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/picture_metadata.h"

namespace ocellus {

/// Takes what a PNG's chunk of text (tEXt, zTXt or iTXt) or of a colour profile (iCCP) says into the metadata: XMP, and
/// EXIF as ImageMagick and ExifTool write it in hexadecimal digits ("Raw profile type exif").
void addPngText(PictureMetadata& metadata, std::string_view chunk, const ByteReader& data);

} // namespace ocellus
