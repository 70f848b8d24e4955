// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"
#include "core/image/picture.h"
#include "core/image/picture_facts.h"

namespace ocellus {

/// What may be read and how. A path may name a page, see PictureAddress.
struct DecodeOptions {
    bool ignoreExif = false; ///< true: leave the pixels as stored, as INTR's released code does (TIFF's own
                             ///< orientation tag is no EXIF: it applies always, as in Pillow)
    SampleRange range;       ///< of pictures of more than 8 bits
    bool convertToSrgb =
        false; ///< from the picture's colour profile; else its numbers are taken as they are, as in Pillow
    bool showDamaged = false; ///< a damaged picture is decoded as far as it goes and its facts say so, else refused
    std::int64_t maxPixels = 200'000'000;      ///< more by the header is refused before decoding
    std::int64_t maxFileBytes = 1'000'000'000; ///< a larger file is refused before it is read

    bool operator==(const DecodeOptions&) const = default;
};

struct DecodedPicture {
    Picture picture;
    PictureFacts facts;
};

/// Reads JPEG, PNG, TIFF, WebP or BMP as RGB, equal to Pillow's `convert("RGB")`; EXIF's or XMP's orientation is
/// applied once. Alpha is dropped, 16-bit values are divided by 256 (grey too, where Pillow clips) unless a range is
/// given. Throws Error: NotFound (also of a page), Unreadable, Unsupported (HEIC, camera raw, ...), TooLarge, Damaged
/// (cut files and those of which a decoder had to invent pixels included), Cancelled (while the file is read, before
/// and after it is decoded).
DecodedPicture decodeWithFacts(const std::filesystem::path& path, const DecodeOptions& options = {},
                               const Progress& progress = {});
Picture decodePicture(const std::filesystem::path& path, const DecodeOptions& options = {},
                      const Progress& progress = {});

/// The picture's size by its header, orientation applied unless ignored; the same errors.
Size pictureSize(const std::filesystem::path& path, const DecodeOptions& options = {});

} // namespace ocellus
