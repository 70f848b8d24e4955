// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/image/stored_pixels.h"

namespace ocellus {

namespace {

constexpr std::uint64_t fileHeaderBytes = 14;
constexpr std::uint32_t oldHeaderBytes = 12; // OS/2 1.x: 16-bit fields, palettes without a fourth byte

struct Layout {
    std::uint64_t start;
    int width, height;
    bool isFromTop;
    unsigned bits;
    std::uint64_t palette;
    std::uint64_t paletteEntry; ///< bytes

    explicit Layout(const ByteReader& bmp) : start(bmp.u32(10))
    {
        const std::uint32_t headerBytes = bmp.u32(fileHeaderBytes);
        const bool isOld = headerBytes == oldHeaderBytes;
        const auto rows = isOld ? std::int32_t{bmp.u16(20)} : static_cast<std::int32_t>(bmp.u32(22));
        width = isOld ? bmp.u16(18) : static_cast<std::int32_t>(bmp.u32(18));
        isFromTop = rows < 0;
        height = std::abs(rows);
        bits = isOld ? bmp.u16(24) : bmp.u16(28);
        palette = fileHeaderBytes + headerBytes;
        paletteEntry = isOld ? 3 : 4;
    }
};

using Colour = std::array<std::uint8_t, 3>; // blue, green, red

/// An index beyond the palette is black.
std::array<Colour, 256> paletteOf(const ByteReader& bmp, const Layout& layout)
{
    std::array<Colour, 256> palette{};
    const std::uint64_t end = std::min(layout.start, bmp.size());
    std::uint64_t at = layout.palette;
    for (Colour& colour : palette) {
        if (at + layout.paletteEntry > end)
            break;
        colour = {bmp.u8(at), bmp.u8(at + 1), bmp.u8(at + 2)};
        at += layout.paletteEntry;
    }
    return palette;
}

void decodeRow(std::span<const std::uint8_t> row, const Layout& layout, const std::array<Colour, 256>& palette,
               std::uint8_t* to)
{
    for (int x = 0; x < layout.width; ++x, to += 3) {
        if (layout.bits >= 24) {
            std::copy_n(row.begin() + x * static_cast<int>(layout.bits / 8), 3, to);
            continue;
        }
        const auto bit = static_cast<std::size_t>(x) * layout.bits;
        const unsigned shift = 8 - layout.bits - bit % 8;
        const unsigned index = row[bit / 8] >> shift & ((1U << layout.bits) - 1);
        std::ranges::copy(palette[index], to);
    }
}

} // namespace

StoredPixels decodeBmp(const ByteReader& file)
{
    const ByteReader bmp = file.part(0, file.size(), std::endian::little);
    const Layout layout(bmp);
    const std::array<Colour, 256> palette = paletteOf(bmp, layout);
    const std::uint64_t rowBytes = (static_cast<std::uint64_t>(layout.width) * layout.bits + 31) / 32 * 4;
    StoredPixels stored;
    stored.pixels.create(layout.height, layout.width, CV_8UC3);
    for (int y = 0; y < layout.height; ++y) {
        const int row = layout.isFromTop ? y : layout.height - 1 - y;
        decodeRow(bmp.bytes(layout.start + static_cast<std::uint64_t>(row) * rowBytes, rowBytes), layout, palette,
                  stored.pixels.ptr(y));
    }
    return stored;
}

} // namespace ocellus
