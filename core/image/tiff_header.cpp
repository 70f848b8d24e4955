// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/image/picture_header.h"
#include "core/image/pixel_size.h"
#include "core/image/tiff_directory.h"

namespace ocellus {

namespace {

enum Tag : std::uint16_t {
    NewSubfileType = 254,
    SubfileType = 255,
    ImageWidth = 256,
    ImageLength = 257,
    BitsPerSample = 258,
    Compression = 259,
    Photometric = 262,
    StripOffsets = 273,
    Orientation = 274,
    SamplesPerPixel = 277,
    RowsPerStrip = 278,
    StripByteCounts = 279,
    PlanarConfiguration = 284,
    TileWidth = 322,
    TileLength = 323,
    TileOffsets = 324,
    TileByteCounts = 325,
    SubDirectories = 330,
    ExtraSamples = 338,
    SampleFormat = 339,
    Xmp = 700,
    IccProfile = 34675,
    DngVersion = 50706
};

enum PhotometricValue : std::uint64_t { BlackIsZero = 1, Rgb = 2, YCbCr = 6, ColourFilter = 32803 };

/// What the checks below share, read once.
struct Layout {
    std::uint64_t width, height, bits, samples, photometric;
    bool separatePlanes;

    explicit Layout(const TiffDirectory& directory)
        : width(directory.valueOr(ImageWidth, 0)),
          height(directory.valueOr(ImageLength, 0)),
          bits(directory.valueOr(BitsPerSample, 1)),
          samples(directory.valueOr(SamplesPerPixel, 1)),
          photometric(directory.valueOr(Photometric, samples < 3 ? BlackIsZero : Rgb)),
          separatePlanes(directory.valueOr(PlanarConfiguration, 1) == 2)
    {
    }
};

void refuseWhatDecodesWrongly(const TiffDirectory& directory, const Layout& layout)
{
    const ByteReader& file = directory.reader();
    // A raw file's first directory is only its thumbnail, or holds the sensor's mosaic.
    const bool isThumbnail = (directory.valueOr(NewSubfileType, 0) & 1) && directory.contains(SubDirectories);
    if (isThumbnail || directory.contains(DngVersion) || layout.photometric == ColourFilter)
        file.unsupported("is a camera raw file, expected JPEG, PNG, TIFF, WebP or BMP");
    constexpr std::uint64_t unsignedIntegers = 1;
    if (directory.valueOr(SampleFormat, unsignedIntegers) != unsignedIntegers || layout.bits > 16)
        file.unsupported("is a TIFF of numbers other than 1 to 16-bit unsigned integers");
    if (layout.bits > 8 && layout.separatePlanes && layout.samples > 1)
        file.unsupported("is a 16-bit TIFF with a plane for each colour, expected interleaved colours");
    const bool isLight = layout.photometric == BlackIsZero || layout.photometric == Rgb;
    if (layout.bits > 8 && !isLight)
        file.unsupported("is a 16-bit TIFF of ink, indices or other colours, expected grey or RGB");
    constexpr std::uint64_t mostSamples = 4;
    if (layout.samples > mostSamples)
        throw Error(ErrorCode::Unsupported, file.name(),
                    "is a TIFF of " + std::to_string(layout.samples) +
                        " bands, expected 1 (grey), 3 (RGB) or these and alpha",
                    "Export the three bands that are to be seen as red, green and blue.");
}

/// Rounds up.
std::uint64_t parts(std::uint64_t whole, std::uint64_t part)
{
    return (whole + part - 1) / part;
}

/// Strips or tiles: how many there must be and how many bytes each takes where nothing is compressed.
struct Pieces {
    std::uint16_t offsetsTag;
    std::uint16_t countsTag;
    std::uint64_t number;
    std::uint64_t totalBytes;
};

Pieces piecesOf(const TiffDirectory& directory, const Layout& layout)
{
    const std::uint64_t planes = layout.separatePlanes ? layout.samples : 1;
    const std::uint64_t pixelBits = layout.bits * layout.samples / planes;
    if (directory.contains(TileWidth)) {
        constexpr std::uint64_t maxSide = 1 << 13; // libtiff keeps one tile in memory, however small the picture
        const std::uint64_t width = directory.valueOr(TileWidth, 0);
        const std::uint64_t height = directory.valueOr(TileLength, 0);
        if (std::min(width, height) < 1 || std::max(width, height) > maxSide)
            directory.reader().damaged("expected tiles of at most 8192x8192, got " + std::to_string(width) + "x" +
                                       std::to_string(height));
        const std::uint64_t number = parts(layout.width, width) * parts(layout.height, height) * planes;
        return {TileOffsets, TileByteCounts, number, number * height * parts(width * pixelBits, 8)};
    }
    const std::uint64_t rows = std::clamp<std::uint64_t>(directory.valueOr(RowsPerStrip, layout.height), 1,
                                                         std::max<std::uint64_t>(layout.height, 1));
    return {StripOffsets, StripByteCounts, parts(layout.height, rows) * planes,
            layout.height * planes * parts(layout.width * pixelBits, 8)};
}

void requireImageData(const TiffDirectory& directory, const Layout& layout)
{
    const ByteReader& file = directory.reader();
    const Pieces pieces = piecesOf(directory, layout);
    const auto offsets = directory.values(pieces.offsetsTag, pieces.number);
    const auto counts = directory.values(pieces.countsTag, pieces.number);
    if (std::min(offsets.size(), counts.size()) < pieces.number)
        file.damaged("expected " + std::to_string(pieces.number) + " pieces of image data, got " +
                     std::to_string(std::min(offsets.size(), counts.size())));
    std::uint64_t bytes = 0;
    for (std::uint64_t i = 0; i < pieces.number; ++i) {
        if (counts[i] == 0 || !file.has(offsets[i], counts[i]))
            file.cutShort("expected " + std::to_string(counts[i]) + " bytes of image data from byte " +
                          std::to_string(offsets[i]) + ", got the end at byte " + std::to_string(file.size()));
        bytes += counts[i];
    }
    // Subsampled colours take less than one sample each.
    const bool plain = directory.valueOr(Compression, 1) == 1 && layout.photometric != YCbCr;
    if (plain && bytes < pieces.totalBytes)
        file.cutShort("expected " + std::to_string(pieces.totalBytes) + " bytes of pixels, got " +
                      std::to_string(bytes));
}

/// Directories of the pages in their order. One that leads back to an earlier one, or nowhere, is the last.
std::vector<TiffDirectory> pagesOf(const ByteReader& file)
{
    constexpr std::size_t maxPages = 65'536;
    std::vector<TiffDirectory> pages{TiffDirectory(file)};
    if (!pages.front().hasNextPointer())
        file.cutShort("its directory has no end");
    std::set<std::uint64_t> seen{pages.front().offset()};
    std::uint64_t bytes = pages.front().size(); // more than the file has: directories lie in each other, to cost time
    while (pages.back().hasNextPointer() && pages.size() < maxPages && bytes <= file.size()) {
        const std::uint64_t next = pages.back().next();
        if (next == 0 || !seen.insert(next).second)
            break;
        try {
            pages.push_back(pages.back().at(next));
            bytes += pages.back().size();
        } catch (const Error&) {
            break;
        }
    }
    return pages;
}

bool isReduced(const TiffDirectory& directory)
{
    constexpr std::uint64_t reducedFlag = 1;
    constexpr std::uint64_t oldReduced = 2; // of the tag that came before
    return (directory.valueOr(NewSubfileType, 0) & reducedFlag) || directory.valueOr(SubfileType, 0) == oldReduced;
}

std::size_t defaultPage(const std::vector<TiffDirectory>& pages)
{
    if (!isReduced(pages.front()))
        return 0;
    const auto pixels = [](const TiffDirectory& page) {
        return static_cast<double>(page.valueOr(ImageWidth, 0)) * static_cast<double>(page.valueOr(ImageLength, 0));
    };
    const auto largest =
        std::ranges::max_element(pages, [&](const auto& a, const auto& b) { return pixels(a) < pixels(b); });
    return static_cast<std::size_t>(largest - pages.begin());
}

void addMetadata(const TiffDirectory& directory, PictureHeader& header)
{
    const std::uint64_t orientation = directory.valueOr(Orientation, 0);
    if (orientation >= 1 && orientation <= 8)
        header.tiffOrientation = static_cast<int>(orientation);
    header.metadata.addXmp(textOf(directory.bytes(Xmp)));
    header.metadata.addProfile(directory.bytes(IccProfile));
}

void addAlpha(const TiffDirectory& directory, PictureHeader& header)
{
    constexpr std::uint64_t multiplied = 1;
    constexpr std::uint64_t straight = 2;
    const std::uint64_t alpha = directory.valueOr(ExtraSamples, 0);
    header.premultiplied = alpha == multiplied;
    header.straightAlpha = alpha == straight;
}

} // namespace

PictureHeader readTiffHeader(const ByteReader& file, int page)
{
    const std::vector<TiffDirectory> pages = pagesOf(file);
    PictureHeader header;
    header.pages = static_cast<int>(pages.size());
    header.isFirstReduced = pages.size() > 1 && isReduced(pages.front());
    if (page > header.pages)
        return header;
    const std::size_t index = page > 0 ? static_cast<std::size_t>(page - 1) : defaultPage(pages);
    const TiffDirectory& directory = pages[index];
    header.page = static_cast<int>(index) + 1;
    header.directory = directory.offset();

    const Layout layout(directory);
    constexpr std::uint64_t sideLimit = 1 << 30; // keeps every product of two sides and the bits within 64 bits
    if (std::max(layout.width, layout.height) > sideLimit || layout.samples > 16 || layout.samples < 1)
        file.damaged("expected a picture, got " + std::to_string(layout.width) + "x" + std::to_string(layout.height) +
                     " pixels of " + std::to_string(layout.samples) + " samples");
    refuseWhatDecodesWrongly(directory, layout);
    requireImageData(directory, layout);

    header.width = static_cast<std::int64_t>(layout.width);
    header.height = static_cast<std::int64_t>(layout.height);
    addMetadata(directory, header);
    header.millimetresPerPixel = millimetresPerPixel(directory);
    if (layout.photometric == Rgb && layout.samples > 3)
        addAlpha(directory, header);
    return header;
}

} // namespace ocellus
