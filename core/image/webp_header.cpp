// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "core/image/picture_header.h"

namespace ocellus {

namespace {

constexpr std::uint32_t sideMask = 0x3FFF;

std::uint32_t u24(const ByteReader& reader, std::uint64_t offset)
{
    return reader.u16(offset) | static_cast<std::uint32_t>(reader.u8(offset + 2)) << 16;
}

/// The image data and, in the extended format, the canvas before it both give a size.
void setSize(const ByteReader& data, PictureHeader& header, std::int64_t width, std::int64_t height)
{
    if (header.width != 0 && (header.width != width || header.height != height))
        data.damaged("has a canvas of " + std::to_string(header.width) + "x" + std::to_string(header.height) +
                     " for a picture of " + std::to_string(width) + "x" + std::to_string(height));
    header.width = width;
    header.height = height;
}

void readLossySize(const ByteReader& data, PictureHeader& header)
{
    if (!data.matches(3, "\x9D\x01\x2A"))
        data.damaged("expected the start of a WebP key frame");
    setSize(data, header, data.u16(6) & sideMask, data.u16(8) & sideMask);
}

void readLosslessSize(const ByteReader& data, PictureHeader& header)
{
    if (data.u8(0) != 0x2F)
        data.damaged("expected the start of a lossless WebP picture");
    setSize(data, header, (data.u32(1) & sideMask) + 1, (data.u32(1) >> 14 & sideMask) + 1);
}

void readCanvas(const ByteReader& data, PictureHeader& header)
{
    constexpr unsigned animationFlag = 0x02;
    if (data.u8(0) & animationFlag)
        data.unsupported("is an animated WebP picture, expected a still one");
    setSize(data, header, u24(data, 4) + 1, u24(data, 7) + 1);
}

} // namespace

PictureHeader readWebPHeader(const ByteReader& file)
{
    const std::uint64_t end = std::uint64_t{8} + file.part(4, 4, std::endian::little).u32(0);
    if (end > file.size())
        file.cutShort("expected " + std::to_string(end) + " bytes, got " + std::to_string(file.size()));
    const ByteReader riff = file.part(0, end, std::endian::little);

    PictureHeader header;
    bool hasData = false;
    for (std::uint64_t at = 12; riff.has(at, 8);) {
        const ByteReader data = riff.part(at + 8, riff.u32(at + 4), std::endian::little);
        if (riff.matches(at, "VP8X")) {
            readCanvas(data, header);
        } else if (riff.matches(at, "VP8 ")) {
            hasData = true;
            readLossySize(data, header);
        } else if (riff.matches(at, "VP8L")) {
            hasData = true;
            readLosslessSize(data, header);
        } else if (riff.matches(at, "EXIF")) {
            header.metadata.addExif(data);
        } else if (riff.matches(at, "XMP ")) {
            header.metadata.addXmp(textOf(data.bytes(0, data.size())));
        } else if (riff.matches(at, "ICCP")) {
            header.metadata.addProfile(data.bytes(0, data.size()));
        }
        at += 8 + data.size() + data.size() % 2;
    }
    if (!hasData)
        file.damaged("has no image data");
    return header;
}

} // namespace ocellus
