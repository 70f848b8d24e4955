// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include <png.h>

#include "core/image/stored_pixels.h"

namespace ocellus {

namespace {

/// Where libpng reads, and what it complained of. It may be left by a jump, so it holds nothing to be destroyed.
struct Reading {
    const std::uint8_t* at;
    std::size_t left;
    char complaint[256];

    void note(const char* text) { std::snprintf(complaint, sizeof complaint, "%s", text); }
};

extern "C" {

void ocellusPngRead(png_structp codec, png_bytep to, std::size_t count)
{
    auto* reading = static_cast<Reading*>(png_get_io_ptr(codec));
    if (count > reading->left)
        png_error(codec, "the file ends early");
    std::memcpy(to, reading->at, count);
    reading->at += count;
    reading->left -= count;
}

void ocellusPngFailed(png_structp codec, png_const_charp text)
{
    static_cast<Reading*>(png_get_error_ptr(codec))->note(text);
    png_longjmp(codec, 1);
}

/// Only complaints of the image data mean wrong pixels, and bytes behind the last pixel do not.
void ocellusPngComplained(png_structp codec, png_const_charp text)
{
    const std::string_view complaint(text);
    const bool isSurplus = complaint.ends_with("Too much image data") || complaint.ends_with("Extra compressed data");
    auto* reading = static_cast<Reading*>(png_get_error_ptr(codec));
    if (complaint.starts_with("IDAT") && !isSurplus && reading->complaint[0] == '\0')
        reading->note(text);
}
}

struct Codec {
    png_structp state = nullptr;
    png_infop info = nullptr;

    explicit Codec(Reading& reading)
        : state(png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading, ocellusPngFailed, ocellusPngComplained)),
          info(state ? png_create_info_struct(state) : nullptr)
    {
        if (!info)
            throw std::bad_alloc();
    }
    Codec(const Codec&) = delete;
    Codec& operator=(const Codec&) = delete;
    ~Codec() { png_destroy_read_struct(&state, &info, nullptr); }
};

void wantColours(png_structp codec, png_infop info)
{
    png_set_palette_to_rgb(codec);
    png_set_expand_gray_1_2_4_to_8(codec);
    png_set_strip_alpha(codec);
    const png_byte type = png_get_color_type(codec, info);
    if (type == PNG_COLOR_TYPE_GRAY || type == PNG_COLOR_TYPE_GRAY_ALPHA)
        png_set_gray_to_rgb(codec);
}

/// Nothing with a destructor may be made here: an error jumps back. False where not all could be decoded.
bool decode(png_structp codec, png_infop info, PngPixels kind, cv::Mat& pixels, std::vector<png_bytep>& rows)
{
    if (setjmp(png_jmpbuf(codec)) != 0)
        return false;
    png_read_info(codec, info);
    if (kind == PngPixels::Colours)
        wantColours(codec, info);
    else
        png_set_packing(codec);
    png_set_bgr(codec);
    if constexpr (std::endian::native == std::endian::little)
        png_set_swap(codec);
    png_set_interlace_handling(codec);
    png_read_update_info(codec, info);
    const int depth = png_get_bit_depth(codec, info) == 16 ? CV_16U : CV_8U;
    pixels.create(static_cast<int>(png_get_image_height(codec, info)),
                  static_cast<int>(png_get_image_width(codec, info)),
                  CV_MAKETYPE(depth, png_get_channels(codec, info)));
    if (png_get_rowbytes(codec, info) != static_cast<std::size_t>(pixels.cols) * pixels.elemSize())
        png_error(codec, "its rows are of another length than its header says");
    rows.resize(static_cast<std::size_t>(pixels.rows));
    for (int y = 0; y < pixels.rows; ++y)
        rows[static_cast<std::size_t>(y)] = pixels.ptr(y);
    png_read_image(codec, rows.data());
    png_read_end(codec, nullptr);
    return true;
}

} // namespace

StoredPixels decodePng(std::span<const std::uint8_t> file, PngPixels kind)
{
    Reading reading{file.data(), file.size(), ""};
    StoredPixels stored;
    const Codec codec(reading);
    png_set_read_fn(codec.state, &reading, ocellusPngRead);
    png_set_user_limits(codec.state, PNG_UINT_31_MAX, PNG_UINT_31_MAX); // ours has checked the size
    std::vector<png_bytep> rows;
    const bool isDecoded = decode(codec.state, codec.info, kind, stored.pixels, rows);
    stored.damage = reading.complaint;
    if (!isDecoded)
        stored.pixels.release();
    return stored;
}

} // namespace ocellus
