// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace ocellus {

/// A picture file, or one page of it: "scan.tif[2]" is the second page of scan.tif. Wherever a picture's path is asked
/// for, a page may be given so; a file that is really called "scan.tif[2]" is meant before a page is.
struct PictureAddress {
    std::filesystem::path file;
    int page = 0; ///< from 1; 0: whichever the file itself puts first

    bool operator==(const PictureAddress&) const = default;
};

PictureAddress pictureAddress(const std::filesystem::path& path);

/// The other way.
std::filesystem::path toPath(const PictureAddress& address);

} // namespace ocellus
