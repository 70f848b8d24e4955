// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "core/image/byte_reader.h"
#include "core/image/picture.h"
#include "core/image/picture_format.h"

namespace ocellus {

/// What a picture file says of itself before any pixel is decoded.
struct PictureHeader {
    std::int64_t width = 0;  ///< as stored
    std::int64_t height = 0; ///< as stored
    int orientation = 1;     ///< EXIF's, 1 to 8; for TIFF the file's own tag

    /// TIFF only: the first extra channel is alpha that the colours were multiplied with.
    bool premultiplied = false;
    /// TIFF only: where the file says that alpha was *not* multiplied in.
    std::optional<std::uint64_t> straightAlphaOffset;
};

/// Walks the whole structure of the file, so that one that is cut short is found here: decoders fill the missing part
/// with grey without a word. Throws Error: Damaged, Unsupported.
PictureHeader readPictureHeader(PictureFormat format, const ByteReader& file);

/// The same for one format.
PictureHeader readJpegHeader(const ByteReader& file);
PictureHeader readPngHeader(const ByteReader& file);
PictureHeader readTiffHeader(const ByteReader& file);
PictureHeader readWebPHeader(const ByteReader& file);
PictureHeader readBmpHeader(const ByteReader& file);

} // namespace ocellus
