// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/picture_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "core/base/error.h"
#include "core/image/picture_address.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

std::uintmax_t requireFile(const fs::path& path, const DecodeOptions& options)
{
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::not_found)
        throw Error(ErrorCode::NotFound, path.string(), "there is no such file");
    if (status.type() == fs::file_type::none)
        throw Error(ErrorCode::Unreadable, path.string(), failure.message());
    if (fs::is_directory(status))
        throw Error(ErrorCode::Unreadable, path.string(), "is a folder, expected a picture file",
                    "Open it as a folder of pictures.");
    if (!fs::is_regular_file(status))
        throw Error(ErrorCode::Unreadable, path.string(), "is a device or pipe, expected a picture file");
    const std::uintmax_t size = fs::file_size(path, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, path.string(), failure.message());
    if (size > static_cast<std::uintmax_t>(options.maxFileBytes))
        throw Error(ErrorCode::TooLarge, path.string(),
                    "expected at most " + std::to_string(options.maxFileBytes) + " bytes, got " + std::to_string(size),
                    "Export a smaller copy of the picture.");
    return size;
}

/// Of a file that is read between two looks at the stop token: slow disks and networks give it in 100 ms.
constexpr std::size_t bytesAtOnce = std::size_t{1} << 20;

std::vector<std::uint8_t> readBytes(const fs::path& path, const DecodeOptions& options, const Progress& progress)
{
    const std::uintmax_t size = requireFile(path, options);
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::vector<std::uint8_t> bytes(size);
    for (std::size_t at = 0; at < bytes.size() && file; at += bytesAtOnce) {
        progress.throwIfStopped();
        file.read(reinterpret_cast<char*>(bytes.data() + at),
                  static_cast<std::streamsize>(std::min(bytesAtOnce, bytes.size() - at)));
    }
    if (!file)
        throw Error(ErrorCode::Unreadable, path.string(), errno ? std::strerror(errno) : "could not be read");
    if (bytes.empty())
        throw Error(ErrorCode::Damaged, path.string(), "is empty", "Copy the picture again from where it came from.");
    return bytes;
}

} // namespace

PictureFile readPictureFile(const fs::path& path, const DecodeOptions& options, const Progress& progress)
{
    const PictureAddress address = pictureAddress(path);
    PictureFile file;
    file.name = path.string();
    file.bytes = readBytes(address.file, options, progress);
    const ByteReader reader(file.name, file.bytes);
    file.format = sniffFormat(ByteReader(address.file.string(), file.bytes));
    file.header = readPictureHeader(file.format, reader, address.page);
    // The division cannot overflow where the product could.
    if (file.header.height > options.maxPixels / file.header.width)
        throw Error(ErrorCode::TooLarge, file.name,
                    "expected at most " + std::to_string(options.maxPixels / 1'000'000) + " megapixels, got " +
                        std::to_string(file.header.width) + "x" + std::to_string(file.header.height) + " pixels",
                    "Export a smaller copy of the picture.");
    return file;
}

} // namespace ocellus
