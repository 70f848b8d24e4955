// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include <tiffio.h>

#include "core/image/stored_pixels.h"

namespace ocellus {

namespace {

/// The file in memory as libtiff reads it, and its first complaint.
struct Reading {
    std::span<const std::uint8_t> file;
    std::uint64_t at = 0;
    bool isDecoding = false; ///< before, it complains of tags, which say nothing of pixels
    std::array<char, 256> complaint{};
};

extern "C" {

tmsize_t ocellusTiffRead(thandle_t handle, void* to, tmsize_t wanted)
{
    auto* reading = static_cast<Reading*>(handle);
    const std::uint64_t left = reading->at < reading->file.size() ? reading->file.size() - reading->at : 0;
    const auto count =
        static_cast<std::size_t>(std::min(left, static_cast<std::uint64_t>(std::max<tmsize_t>(wanted, 0))));
    std::memcpy(to, reading->file.data() + (reading->file.size() - left), count);
    reading->at += count;
    return static_cast<tmsize_t>(count);
}

tmsize_t ocellusTiffWrite(thandle_t, void*, tmsize_t)
{
    return 0;
}

toff_t ocellusTiffSeek(thandle_t handle, toff_t offset, int whence)
{
    auto* reading = static_cast<Reading*>(handle);
    const std::uint64_t start = whence == SEEK_CUR ? reading->at : whence == SEEK_END ? reading->file.size() : 0;
    return reading->at = start + offset;
}

int ocellusTiffClose(thandle_t)
{
    return 0;
}

toff_t ocellusTiffSize(thandle_t handle)
{
    return static_cast<Reading*>(handle)->file.size();
}

int ocellusTiffComplained(TIFF*, void* user, const char*, const char* format, va_list values)
{
    auto* reading = static_cast<Reading*>(user);
    if (reading->isDecoding && reading->complaint.front() == '\0')
        std::vsnprintf(reading->complaint.data(), reading->complaint.size(), format, values);
    return 1; // handled: nothing on stderr
}
}

struct Closer {
    void operator()(TIFF* file) const { TIFFClose(file); }
    void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

using File = std::unique_ptr<TIFF, Closer>;

std::uint32_t fieldOr(TIFF* file, std::uint32_t tag, std::uint32_t otherwise)
{
    std::uint32_t value = 0;
    return TIFFGetField(file, tag, &value) ? value : otherwise;
}

std::uint16_t shortField(TIFF* file, std::uint32_t tag)
{
    std::uint16_t value = 0;
    TIFFGetFieldDefaulted(file, tag, &value);
    return value;
}

/// Up to 8 bits a sample, of any photometric: libtiff's own conversion to RGB, some rows at a time. Returns why it
/// can't.
std::string decodeColours(TIFF* file, const PictureHeader& header, cv::Mat& pixels)
{
    if (header.straightAlpha) {
        // libtiff would multiply the colours with alpha; told that this has happened, it leaves them alone.
        const std::uint16_t multiplied = EXTRASAMPLE_ASSOCALPHA;
        TIFFSetField(file, TIFFTAG_EXTRASAMPLES, 1, &multiplied);
    }
    std::array<char, 1024> reason{};
    TIFFRGBAImage image{};
    if (!TIFFRGBAImageBegin(&image, file, 0, reason.data()))
        return reason.data();
    const std::unique_ptr<TIFFRGBAImage, void (*)(TIFFRGBAImage*)> guard(&image, TIFFRGBAImageEnd);
    image.orientation = image.req_orientation = ORIENTATION_TOPLEFT; // the rows as they are stored
    const int rows = static_cast<int>(std::clamp<std::uint64_t>(
        fieldOr(file, TIFFIsTiled(file) ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, image.height), 1, image.height));
    const int channels = header.premultiplied ? 4 : 3;
    const auto width = static_cast<int>(image.width), height = static_cast<int>(image.height);
    std::vector<std::uint32_t> raster(static_cast<std::size_t>(width) * static_cast<std::size_t>(rows));
    cv::Mat result = cv::Mat::zeros(height, width, CV_MAKETYPE(CV_8U, channels));
    for (int top = 0; top < height; top += rows) {
        const int count = std::min(rows, height - top);
        image.row_offset = top;
        image.col_offset = 0;
        if (!TIFFRGBAImageGet(&image, raster.data(), image.width, static_cast<std::uint32_t>(count)))
            return {};
        for (int y = 0; y < count; ++y) {
            const std::uint32_t* from = raster.data() + static_cast<std::size_t>(y) * image.width;
            std::uint8_t* to = result.ptr(top + y);
            for (int x = 0; x < width; ++x, ++from, to += channels) {
                to[0] = static_cast<std::uint8_t>(TIFFGetB(*from));
                to[1] = static_cast<std::uint8_t>(TIFFGetG(*from));
                to[2] = static_cast<std::uint8_t>(TIFFGetR(*from));
                if (channels == 4)
                    to[3] = static_cast<std::uint8_t>(TIFFGetA(*from));
            }
        }
    }
    pixels = result;
    return {};
}

/// The samples of a row of 9 to 16 bits each, spread over 16 bits: the largest becomes 65,535.
void unpackRow(const std::uint8_t* bytes, unsigned bits, std::span<std::uint16_t> samples)
{
    if (bits == 16) {
        std::memcpy(samples.data(), bytes, samples.size_bytes()); // libtiff has turned them to our byte order
        return;
    }
    std::size_t bit = 0;
    for (std::uint16_t& sample : samples) {
        unsigned value = 0;
        for (unsigned i = 0; i < bits; ++i, ++bit)
            value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1U);
        sample = static_cast<std::uint16_t>(value << (16 - bits) | value >> (2 * bits - 16));
    }
}

/// Copies a strip or tile of grey or RGB (and alpha) samples to its place as blue, green, red (and alpha).
void placeSamples(std::span<const std::uint16_t> row, int samples, int count, std::uint16_t* to, int channels)
{
    for (int x = 0; x < count; ++x, to += channels) {
        const std::uint16_t* from = row.data() + x * samples;
        for (int colour = 0; colour < 3; ++colour)
            to[2 - colour] = from[samples >= 3 ? colour : 0];
        if (channels == 4)
            to[3] = from[3];
    }
}

void decodeSamples(TIFF* file, const PictureHeader& header, cv::Mat& pixels)
{
    const auto width = static_cast<int>(header.width), height = static_cast<int>(header.height);
    const int samples = shortField(file, TIFFTAG_SAMPLESPERPIXEL);
    const unsigned bits = shortField(file, TIFFTAG_BITSPERSAMPLE);
    const int channels = header.premultiplied && samples == 4 ? 4 : 3;
    const bool isTiled = TIFFIsTiled(file) != 0;
    const auto pieceWidth = isTiled ? static_cast<int>(fieldOr(file, TIFFTAG_TILEWIDTH, 0)) : width;
    const auto pieceHeight = static_cast<int>(
        std::min<std::uint64_t>(fieldOr(file, isTiled ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, header.height),
                                isTiled ? 1 << 13 : header.height));
    const tmsize_t pieceBytes = isTiled ? TIFFTileSize(file) : TIFFStripSize(file);
    const tmsize_t rowBytes = isTiled ? TIFFTileRowSize(file) : TIFFScanlineSize(file);
    if (pieceWidth < 1 || pieceHeight < 1 || rowBytes < (static_cast<tmsize_t>(pieceWidth) * samples * bits + 7) / 8)
        return;
    std::vector<std::uint8_t> piece(static_cast<std::size_t>(std::max(pieceBytes, rowBytes * pieceHeight)));
    std::vector<std::uint16_t> row(static_cast<std::size_t>(pieceWidth) * static_cast<std::size_t>(samples));
    cv::Mat result = cv::Mat::zeros(height, width, CV_MAKETYPE(CV_16U, channels));
    std::uint32_t index = 0;
    for (int top = 0; top < height; top += pieceHeight)
        for (int left = 0; left < width; left += pieceWidth, ++index) {
            if ((isTiled ? TIFFReadEncodedTile(file, index, piece.data(), pieceBytes)
                         : TIFFReadEncodedStrip(file, index, piece.data(), pieceBytes)) < 0)
                continue; // what it complains of is noted
            for (int y = 0; y < std::min(pieceHeight, height - top); ++y) {
                unpackRow(piece.data() + y * rowBytes, bits, row);
                placeSamples(row, samples, std::min(pieceWidth, width - left),
                             result.ptr<std::uint16_t>(top + y) + left * channels, channels);
            }
        }
    pixels = result;
}

} // namespace

StoredPixels decodeTiff(std::span<const std::uint8_t> bytes, const PictureHeader& header)
{
    Reading reading{bytes};
    const std::unique_ptr<TIFFOpenOptions, Closer> options(TIFFOpenOptionsAlloc());
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), ocellusTiffComplained, &reading);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), ocellusTiffComplained, &reading);
    const File file(TIFFClientOpenExt("picture", "rm", &reading, ocellusTiffRead, ocellusTiffWrite, ocellusTiffSeek,
                                      ocellusTiffClose, ocellusTiffSize, nullptr, nullptr, options.get()));
    StoredPixels stored;
    if (!file || !TIFFSetSubDirectory(file.get(), header.directory))
        return stored;
    // Of tags that stand twice libtiff may believe the other one: its memory is bounded by what was checked.
    if (fieldOr(file.get(), TIFFTAG_IMAGEWIDTH, 0) != header.width ||
        fieldOr(file.get(), TIFFTAG_IMAGELENGTH, 0) != header.height)
        return stored;
    reading.isDecoding = true;
    if (shortField(file.get(), TIFFTAG_BITSPERSAMPLE) > 8)
        decodeSamples(file.get(), header, stored.pixels);
    else
        stored.damage = decodeColours(file.get(), header, stored.pixels);
    if (stored.damage.empty())
        stored.damage = reading.complaint.data();
    return stored;
}

} // namespace ocellus
