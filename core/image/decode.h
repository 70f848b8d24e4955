// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"
#include "core/image/picture.h"

namespace ocellus {

/// What may be read and how.
struct DecodeOptions {
    bool ignoreExif = false; ///< true: leave the pixels as stored, as INTR's released code does (TIFF's own
                             ///< orientation tag is no EXIF: it applies always, as in Pillow)
    std::int64_t maxPixels = 200'000'000;      ///< more by the header is refused before decoding
    std::int64_t maxFileBytes = 1'000'000'000; ///< a larger file is refused before it is read
};

/// Reads JPEG, PNG, TIFF, WebP or BMP as RGB, equal to Pillow's `convert("RGB")`; EXIF orientation is applied once.
/// Alpha is dropped, 16-bit values are divided by 256 (grey too, where Pillow clips), CMYK is within 2 levels.
/// Throws Error: NotFound, Unreadable, Unsupported (HEIC, camera raw, ...), TooLarge, Damaged (cut files included),
/// Cancelled (while the file is read, before and after it is decoded).
Picture decodePicture(const std::filesystem::path& path, const DecodeOptions& options = {},
                      const Progress& progress = {});

/// The picture's size by its header, orientation applied unless ignored; the same errors.
Size pictureSize(const std::filesystem::path& path, const DecodeOptions& options = {});

} // namespace ocellus
