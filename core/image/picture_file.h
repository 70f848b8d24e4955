// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/image/decode.h"
#include "core/image/picture_header.h"

namespace ocellus {

/// A file that was read and found whole and within the limits.
struct PictureFile {
    std::string name; ///< as errors call it
    std::vector<std::uint8_t> bytes;
    PictureFormat format = PictureFormat::Jpeg;
    PictureHeader header;
};

/// Throws what decodePicture() throws before it decodes.
PictureFile readPictureFile(const std::filesystem::path& path, const DecodeOptions& options,
                            const Progress& progress = {});

} // namespace ocellus
