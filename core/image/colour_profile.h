// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/image/picture.h"
#include "core/image/picture_metadata.h"

namespace ocellus {

/// Name of the colours that a picture's metadata declares, such as "Display P3"; empty where they are sRGB to within 4
/// of 255 levels, or nothing is declared.
std::string foreignColours(const PictureMetadata& metadata);

/// Turns colours of the metadata's RGB or grey profile into sRGB (relative colorimetric). False where there is no such
/// profile or it cannot be read: the picture is as it was then.
bool convertToSrgb(const PictureMetadata& metadata, Picture& picture);

} // namespace ocellus
