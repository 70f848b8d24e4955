// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <system_error>

#include "core/base/error.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxFiles = 1'000'000;

/// What decodePicture reads, and what people take for pictures: it says why it cannot and what to do.
constexpr std::array<std::string_view, 41> extensions{
    ".3fr", ".arw",  ".avif", ".bmp", ".cr2", ".cr3",  ".crw",  ".dcr", ".dib",  ".dng", ".erf",
    ".gif", ".heic", ".heif", ".iiq", ".j2k", ".jfif", ".jp2",  ".jpe", ".jpeg", ".jpg", ".jxl",
    ".kdc", ".mef",  ".mos",  ".mrw", ".nef", ".nrw",  ".orf",  ".pef", ".png",  ".psd", ".raf",
    ".rw2", ".rwl",  ".sr2",  ".svg", ".tif", ".tiff", ".webp", ".x3f"};

bool isHidden(const fs::path& path)
{
    return path.filename().native().starts_with('.');
}

[[noreturn]] void throwUnreadable(const fs::path& folder, const std::error_code& failure)
{
    throw Error(failure == std::errc::no_such_file_or_directory ? ErrorCode::NotFound : ErrorCode::Unreadable,
                folder.string(), failure.message());
}

} // namespace

bool looksLikePicture(const fs::path& path)
{
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return std::binary_search(extensions.begin(), extensions.end(), extension);
}

std::vector<ImageFile> listImages(const fs::path& folder, const Progress& progress)
{
    std::error_code failure;
    if (!fs::is_directory(folder, failure)) {
        if (failure)
            throwUnreadable(folder, failure);
        throw Error(ErrorCode::Unreadable, folder.string(), "is a file, expected a folder of pictures");
    }
    std::vector<ImageFile> images;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failure);
    std::size_t seen = 0;
    for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
        progress.throwIfStopped();
        if (++seen > maxFiles)
            throw Error(ErrorCode::TooLarge, folder.string(), "expected at most " + std::to_string(maxFiles) + " files",
                        "Choose a folder further down.");
        std::error_code broken;
        if (isHidden(entry->path())) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file(broken) && looksLikePicture(entry->path())) {
            const fs::path relative = entry->path().lexically_relative(folder);
            images.push_back({entry->path(), relative, relative.parent_path().filename().string()});
        }
    }
    if (failure)
        throwUnreadable(folder, failure);
    std::sort(images.begin(), images.end(),
              [](const ImageFile& a, const ImageFile& b) { return a.relative.native() < b.relative.native(); });
    return images;
}

} // namespace ocellus
