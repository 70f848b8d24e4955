// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/tiff_directory.h"

namespace ocellus {

// How large a pixel is in nature, as a file says: of scans, and of what a microscope's program wrote. 0 where it does
// not say, where pixels are not square, where the size is beyond reason (a pixel from a nanometre to a metre), and for
// 72 and 96 dots per inch, which programs write without having measured.

/// Millimetres. Of XResolution, YResolution and ResolutionUnit; without a unit as ImageJ names it in the description.
/// Never throws: damaged tags say nothing.
double millimetresPerPixel(const TiffDirectory& directory);

/// Of the data of a PNG's chunk pHYs.
double millimetresPerPixel(const ByteReader& physicalChunk);

} // namespace ocellus
