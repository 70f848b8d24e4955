// SPDX-License-Identifier: GPL-3.0-or-later
#include <csetjmp>
#include <cstdio> // jpeglib.h wants FILE
#include <cstring>
#include <string_view>

#include <jpeglib.h>

#include <jerror.h>

#include "core/image/stored_pixels.h"

namespace ocellus {

namespace {

/// libjpeg's errors without its lines on stderr. It may be left by a jump, so it holds nothing to be destroyed.
struct Complaints {
    jpeg_error_mgr manager{}; // first: libjpeg gives its address back
    std::jmp_buf giveUp{};
    char first[JMSG_LENGTH_MAX] = "";

    static Complaints& of(j_common_ptr codec) { return *reinterpret_cast<Complaints*>(codec->err); }
};

/// True for complaints after which pixels are invented. What follows the last pixel, and a header that is unusual, is
/// none.
bool meansWrongPixels(const jpeg_error_mgr& error)
{
    constexpr int endMarker = 0xD9;
    switch (error.msg_code) {
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_BOGUS_PROGRESSION: return true;
    case JWRN_EXTRANEOUS_DATA: return error.msg_parm.i[1] != endMarker;
    default: return false;
    }
}

extern "C" {

void ocellusJpegFailed(j_common_ptr codec)
{
    Complaints& complaints = Complaints::of(codec);
    codec->err->format_message(codec, complaints.first);
    std::longjmp(complaints.giveUp, 1);
}

void ocellusJpegComplained(j_common_ptr codec, int level)
{
    Complaints& complaints = Complaints::of(codec);
    if (level < 0 && complaints.first[0] == '\0' && meansWrongPixels(*codec->err))
        codec->err->format_message(codec, complaints.first);
}

void ocellusJpegSilent(j_common_ptr) {}
}

struct Codec {
    jpeg_decompress_struct state{};

    Codec() = default;
    Codec(const Codec&) = delete;
    Codec& operator=(const Codec&) = delete;
    ~Codec() { jpeg_destroy_decompress(&state); }
};

/// No object with a destructor may live here: an error jumps back. False where nothing could be decoded.
bool decode(jpeg_decompress_struct& codec, Complaints& complaints, std::span<const std::uint8_t> file, cv::Mat& pixels)
{
    if (setjmp(complaints.giveUp) != 0)
        return false;
    jpeg_create_decompress(&codec);
    jpeg_mem_src(&codec, file.data(), static_cast<unsigned long>(file.size()));
    jpeg_read_header(&codec, TRUE);
    const bool isInk = codec.num_components == 4;
    codec.out_color_space = isInk ? JCS_CMYK : JCS_EXT_BGR;
    jpeg_start_decompress(&codec);
    pixels.create(static_cast<int>(codec.output_height), static_cast<int>(codec.output_width),
                  isInk ? CV_8UC4 : CV_8UC3);
    while (codec.output_scanline < codec.output_height) {
        JSAMPROW row = pixels.ptr(static_cast<int>(codec.output_scanline));
        jpeg_read_scanlines(&codec, &row, 1);
    }
    jpeg_finish_decompress(&codec);
    return true;
}

/// a * b / 255, rounded.
int share(int a, int b)
{
    const int product = a * b + 128;
    return (product + (product >> 8)) >> 8;
}

/// Adobe's programs store how much light an ink leaves, and Pillow takes every JPEG of inks for theirs.
cv::Mat lightOf(const cv::Mat& ink)
{
    cv::Mat light(ink.rows, ink.cols, CV_8UC3);
    for (int y = 0; y < ink.rows; ++y) {
        const std::uint8_t* from = ink.ptr(y);
        std::uint8_t* to = light.ptr(y);
        for (int x = 0; x < ink.cols; ++x, from += 4, to += 3)
            for (int colour = 0; colour < 3; ++colour)
                to[2 - colour] = static_cast<std::uint8_t>(from[3] - share(255 - from[colour], from[3]));
    }
    return light;
}

} // namespace

StoredPixels decodeJpeg(std::span<const std::uint8_t> file)
{
    Complaints complaints;
    Codec codec;
    codec.state.err = jpeg_std_error(&complaints.manager);
    complaints.manager.error_exit = ocellusJpegFailed;
    complaints.manager.emit_message = ocellusJpegComplained;
    complaints.manager.output_message = ocellusJpegSilent;
    StoredPixels stored;
    const bool isDecoded = decode(codec.state, complaints, file, stored.pixels);
    stored.damage = complaints.first;
    if (!isDecoded)
        stored.pixels.release();
    else if (stored.pixels.channels() == 4)
        stored.pixels = lightOf(stored.pixels);
    return stored;
}

} // namespace ocellus
