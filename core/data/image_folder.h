// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/skipped_files.h"

namespace ocellus {

/// One picture found under a folder.
struct ImageFile {
    std::filesystem::path path;     ///< as given: folder / relative
    std::filesystem::path relative; ///< to the folder that was listed
    std::string className;          ///< name of the sub-folder it lies in, else empty
};

/// The pictures below a folder, and all that lies there besides.
struct ImageListing {
    std::vector<ImageFile> images; ///< sorted by byte order of the relative path
    SkippedFiles skipped;
};

/// Every picture below the folder: files with a picture's extension (known formats and those that decodePicture
/// refuses with a reason), and files whose content is a picture's whatever they are called. Links are followed, to
/// files and to folders; each file is taken once, under its own path rather than a link's, and a link back to a folder
/// above is left out. Hidden and system files, backups and raw files beside a picture of the same name are left out.
/// Throws Error: NotFound, Unreadable, TooLarge (over a million files), Cancelled.
ImageListing listImages(const std::filesystem::path& folder, const std::stop_token& stop = {});

/// True for an extension that listImages takes without a look at the content.
bool looksLikePicture(const std::filesystem::path& path);

/// True where the file begins as a format that decodePicture reads.
bool holdsPicture(const std::filesystem::path& path);

enum class FileKind { File, Folder };

/// Why listImages and listClassFolders leave a file or folder of this name alone, or empty.
std::string reasonToSkip(const std::filesystem::path& path, FileKind kind);

} // namespace ocellus
