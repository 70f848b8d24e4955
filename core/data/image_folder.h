// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"

namespace ocellus {

/// One picture found under a folder.
struct ImageFile {
    std::filesystem::path path;     ///< as given: folder / relative
    std::filesystem::path relative; ///< to the folder that was listed
    std::string className;          ///< name of the sub-folder it lies in, else empty
};

/// Every file below the folder whose extension is a picture's (known formats and those that decodePicture refuses with
/// a reason), sorted by byte order of the relative path. Links to pictures are taken; hidden files and links to folders
/// are left alone.
/// Throws Error: NotFound, Unreadable, TooLarge (over a million files), Cancelled.
std::vector<ImageFile> listImages(const std::filesystem::path& folder, const Progress& progress = {});

/// True for an extension that listImages would take.
bool looksLikePicture(const std::filesystem::path& path);

} // namespace ocellus
