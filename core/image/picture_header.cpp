// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/picture_header.h"

#include <string>

namespace ocellus {

namespace {

PictureHeader readHeader(PictureFormat format, const ByteReader& file)
{
    switch (format) {
    case PictureFormat::Jpeg: return readJpegHeader(file);
    case PictureFormat::Png: return readPngHeader(file);
    case PictureFormat::Tiff: return readTiffHeader(file);
    case PictureFormat::WebP: return readWebPHeader(file);
    case PictureFormat::Bmp: return readBmpHeader(file);
    }
    file.damaged("has no known format");
}

} // namespace

PictureHeader readPictureHeader(PictureFormat format, const ByteReader& file)
{
    const PictureHeader header = readHeader(format, file);
    if (header.width < 1 || header.height < 1)
        file.damaged("expected at least 1x1 pixels, got " + std::to_string(header.width) + "x" +
                     std::to_string(header.height));
    return header;
}

} // namespace ocellus
