// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <fstream>
#include <span>
#include <string_view>

#include "core/base/error.h"
#include "core/data/image_folder.h"
#include "core/image/picture_format.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// What decodePicture reads, and what people take for pictures: it says why it cannot and what to do.
constexpr std::array<std::string_view, 41> extensions{
    ".3fr", ".arw",  ".avif", ".bmp", ".cr2", ".cr3",  ".crw",  ".dcr", ".dib",  ".dng", ".erf",
    ".gif", ".heic", ".heif", ".iiq", ".j2k", ".jfif", ".jp2",  ".jpe", ".jpeg", ".jpg", ".jxl",
    ".kdc", ".mef",  ".mos",  ".mrw", ".nef", ".nrw",  ".orf",  ".pef", ".png",  ".psd", ".raf",
    ".rw2", ".rwl",  ".sr2",  ".svg", ".tif", ".tiff", ".webp", ".x3f"};

/// What Synology, macOS, Windows, Jupyter and file systems put among pictures.
constexpr std::array<std::string_view, 9> systemNames{
    "#recycle",  "$recycle.bin", "@eadir", "__macosx", "desktop.ini", "lost+found", "system volume information",
    "thumbs.db", "ehthumbs.db"};

/// Second copies of a picture, whole or not: taken, they would be counted twice.
constexpr std::array<std::string_view, 7> copyExtensions{".bak",  ".crdownload", ".download", ".orig",
                                                         ".part", ".thm",        ".tmp"};

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return text;
}

} // namespace

bool looksLikePicture(const fs::path& path)
{
    return std::binary_search(extensions.begin(), extensions.end(), lower(path.extension().string()));
}

bool holdsPicture(const fs::path& path)
{
    std::array<std::uint8_t, 64> start{};
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(start.data()), start.size());
    const auto read = static_cast<std::size_t>(file.gcount());
    try {
        sniffFormat(ByteReader(path.string(), std::span(start).first(read)));
        return true;
    } catch (const Error&) {
        return false;
    }
}

std::string reasonToSkip(const fs::path& path, FileKind kind)
{
    const std::string name = lower(path.filename().string());
    if (name.starts_with("._"))
        return "resource fork of macOS";
    if (name.starts_with('.'))
        return "hidden";
    if (std::ranges::find(systemNames, name) != systemNames.end())
        return "system";
    const std::string extension = lower(path.extension().string());
    const bool isCopy = kind == FileKind::File &&
                        (name.ends_with('~') || extension.ends_with("_original") || // exiftool's a.jpg_original
                         std::ranges::find(copyExtensions, extension) != copyExtensions.end());
    return isCopy ? "backup, thumbnail or unfinished copy" : "";
}

} // namespace ocellus
