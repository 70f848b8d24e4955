// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <string>

#include "core/image/picture_header.h"

namespace ocellus {

namespace {

enum Compression : std::uint32_t { None = 0, Rle8 = 1, Rle4 = 2, BitFields = 3 };

void requirePixels(const ByteReader& bmp, std::int64_t width, std::int64_t height, std::int64_t bits)
{
    // A row is padded to 4 bytes; sides below 2^31 and at most 32 bits keep the product below 2^62.
    const std::int64_t rowBytes = (width * bits + 31) / 32 * 4;
    const std::uint64_t start = bmp.u32(10);
    if (height > 0 && (rowBytes > static_cast<std::int64_t>(bmp.size()) ||
                       !bmp.has(start, static_cast<std::uint64_t>(rowBytes * height))))
        bmp.cutShort("expected " + std::to_string(height) + " rows of " + std::to_string(rowBytes) +
                     " bytes from byte " + std::to_string(start) + ", got the end at byte " +
                     std::to_string(bmp.size()));
}

} // namespace

PictureHeader readBmpHeader(const ByteReader& file)
{
    const ByteReader bmp = file.part(0, file.size(), std::endian::little);
    const bool old = bmp.u32(14) == 12; // OS/2 1.x: 16-bit fields
    const auto width = old ? bmp.u16(18) : static_cast<std::int32_t>(bmp.u32(18));
    // Rows from top to bottom are written as a negative height.
    const std::int64_t height = std::llabs(old ? bmp.u16(20) : static_cast<std::int32_t>(bmp.u32(22)));
    const unsigned bits = old ? bmp.u16(24) : bmp.u16(28);
    const std::uint32_t compression = old ? std::uint32_t{None} : bmp.u32(30);

    if (bits != 1 && bits != 4 && bits != 8 && bits != 24 && bits != 32)
        bmp.unsupported("is a BMP of " + std::to_string(bits) + " bits a pixel, expected 1, 4, 8, 24 or 32");
    if (compression != None && compression != BitFields)
        bmp.unsupported("is a compressed BMP, expected an uncompressed one");
    constexpr std::uint64_t masks = 54;
    const bool isUsual = compression == None || (bmp.u32(masks) == 0xFF0000 && bmp.u32(masks + 4) == 0xFF00 &&
                                                 bmp.u32(masks + 8) == 0xFF && bits == 32);
    if (!isUsual)
        bmp.unsupported("is a BMP with bits in an order of its own, expected blue, green and red bytes");
    requirePixels(bmp, width, height, bits);
    PictureHeader header;
    header.width = width;
    header.height = height;
    return header;
}

} // namespace ocellus
