// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "core/image/byte_reader.h"
#include "core/image/picture.h"
#include "core/image/picture_format.h"
#include "core/image/picture_metadata.h"

namespace ocellus {

/// What a picture file says of itself before any pixel is decoded.
struct PictureHeader {
    std::int64_t width = 0;  ///< as stored
    std::int64_t height = 0; ///< as stored
    PictureMetadata metadata;

    /// TIFF only: the file's own tag, 1 to 8; its metadata's orientation counts where that is missing.
    std::optional<int> tiffOrientation;
    int page = 1; ///< the one that all of this is of
    int pages = 1;
    bool isFirstReduced = false; ///< TIFF only: the first page is marked as a smaller copy
    std::uint64_t directory = 0; ///< TIFF only: where the page's directory stands
    /// TIFF only: the first extra channel is alpha that the colours were multiplied with.
    bool premultiplied = false;
    bool straightAlpha = false;     ///< TIFF only: it is alpha that they were not multiplied with
    double millimetresPerPixel = 0; ///< TIFF and PNG only: in nature; 0: it does not say
};

/// Walks the whole structure of the file, so that one that is cut short is found here: decoders fill the missing part
/// with grey without a word. `page` counts from 1; 0 is the first, or the largest where the first is marked as a
/// smaller copy. Throws Error: Damaged, Unsupported, NotFound for a page that the file has not.
PictureHeader readPictureHeader(PictureFormat format, const ByteReader& file, int page = 0);

/// The same for one format.
PictureHeader readJpegHeader(const ByteReader& file);
PictureHeader readPngHeader(const ByteReader& file);
PictureHeader readTiffHeader(const ByteReader& file, int page);
PictureHeader readWebPHeader(const ByteReader& file);
PictureHeader readBmpHeader(const ByteReader& file);

} // namespace ocellus
