// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/picture_header.h"

#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

PictureHeader readHeader(PictureFormat format, const ByteReader& file, int page)
{
    switch (format) {
    case PictureFormat::Jpeg: return readJpegHeader(file);
    case PictureFormat::Png: return readPngHeader(file);
    case PictureFormat::Tiff: return readTiffHeader(file, page);
    case PictureFormat::WebP: return readWebPHeader(file);
    case PictureFormat::Bmp: return readBmpHeader(file);
    }
    file.damaged("has no known format");
}

} // namespace

PictureHeader readPictureHeader(PictureFormat format, const ByteReader& file, int page)
{
    const PictureHeader header = readHeader(format, file, page);
    if (page > header.pages)
        throw Error(ErrorCode::NotFound, file.name(),
                    "expected a page from 1 to " + std::to_string(header.pages) + ", got " + std::to_string(page));
    if (header.width < 1 || header.height < 1)
        file.damaged("expected at least 1x1 pixels, got " + std::to_string(header.width) + "x" +
                     std::to_string(header.height));
    return header;
}

} // namespace ocellus
