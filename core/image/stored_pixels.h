// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <opencv2/core.hpp>

#include "core/image/picture_header.h"

namespace ocellus {

/// What a decoder made of a file's bytes.
struct StoredPixels {
    cv::Mat pixels;     ///< blue, green, red (and alpha where a function says so) of 8 or 16 bits; empty: not decodable
    std::string damage; ///< the decoder's first complaint that means wrong pixels; with empty pixels, why
};

struct DecodeOptions;
struct PictureFile;

enum class PngPixels {
    Colours, ///< without alpha
    Samples  ///< as they are stored: a palette's indices, grey, grey and alpha, RGB or RGBA (the last two as BGR)
};

/// Decodes a file of any format. Throws Error: Damaged (unless damage may be shown), TooLarge.
StoredPixels decodeStored(const PictureFile& file, PngPixels kind, const DecodeOptions& options);

/// How the pixels are to be turned, 1 (not at all) to 8. TIFF's tag belongs to the format and is applied always, as
/// Pillow does.
int orientationToApply(const PictureFile& file, const DecodeOptions& options);

/// EXIF's eight ways to stand, as the rows and columns of the upright picture.
cv::Mat upright(const cv::Mat& stored, int orientation);

/// Decodes with libjpeg; inks are turned into light as Pillow does.
StoredPixels decodeJpeg(std::span<const std::uint8_t> file);

/// Decodes with libpng.
StoredPixels decodePng(std::span<const std::uint8_t> file, PngPixels kind);

/// Decodes the page of the header with libtiff, as it is stored; with a fourth channel where alpha was multiplied in.
StoredPixels decodeTiff(std::span<const std::uint8_t> file, const PictureHeader& header);

/// Decodes with libwebp, without alpha.
StoredPixels decodeWebP(std::span<const std::uint8_t> file);

/// Decodes what readBmpHeader() lets through, without alpha.
StoredPixels decodeBmp(const ByteReader& file);

} // namespace ocellus
