// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/decode.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <mutex>
#include <new>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/image/picture_header.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// A file that was read and found whole and within the limits.
struct CheckedFile {
    std::string name;
    std::vector<std::uint8_t> bytes;
    PictureFormat format = PictureFormat::Jpeg;
    PictureHeader header;
};

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

CheckedFile readAndCheck(const fs::path& path, const DecodeOptions& options, const Progress& progress)
{
    CheckedFile file;
    file.name = path.string();
    file.bytes = readBytes(path, options, progress);
    const ByteReader reader(file.name, file.bytes);
    file.format = sniffFormat(reader);
    file.header = readPictureHeader(file.format, reader);
    // The division cannot overflow where the product could.
    if (file.header.height > options.maxPixels / file.header.width)
        throw Error(ErrorCode::TooLarge, file.name,
                    "expected at most " + std::to_string(options.maxPixels / 1'000'000) + " megapixels, got " +
                        std::to_string(file.header.width) + "x" + std::to_string(file.header.height) + " pixels",
                    "Export a smaller copy of the picture.");
    return file;
}

bool swapsSides(int orientation)
{
    return orientation >= 5;
}

/// TIFF's orientation belongs to the format: OpenCV has always applied it, as Pillow does.
int orientationToApply(const CheckedFile& file, const DecodeOptions& options)
{
    return options.ignoreExif || file.format == PictureFormat::Tiff ? 1 : file.header.orientation;
}

Size sizeAfterDecoding(const CheckedFile& file)
{
    const Size stored{static_cast<int>(file.header.width), static_cast<int>(file.header.height)};
    const bool swapped = file.format == PictureFormat::Tiff && swapsSides(file.header.orientation);
    return swapped ? Size{stored.height, stored.width} : stored;
}

[[noreturn]] void throwUndecodable(const CheckedFile& file, const std::string& reason)
{
    throw Error(ErrorCode::Damaged, file.name, "could not be decoded" + (reason.empty() ? reason : ": " + reason),
                "Copy or export the picture again from where it came from, as JPEG or PNG.");
}

/// OpenCV lists its decoders at the first use, and GDAL among them starts up: once, before several threads decode.
void startDecoders()
{
    static std::once_flag started;
    std::call_once(started, [] {
        // Bad files are told of by exceptions; OpenCV's own lines on stderr would repeat them.
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        cv::haveImageReader("");
    });
}

cv::Mat decodeStored(CheckedFile& file)
{
    startDecoders();
    if (file.header.straightAlphaOffset) {
        // libtiff would multiply the colours with alpha; told that this has happened, it leaves them alone.
        const std::size_t offset = *file.header.straightAlphaOffset;
        const bool little = file.bytes[0] == 'I';
        file.bytes[offset] = little ? 1 : 0;
        file.bytes[offset + 1] = little ? 0 : 1;
    }
    const int flags = file.header.premultiplied
                          ? static_cast<int>(cv::IMREAD_UNCHANGED)
                          : cv::IMREAD_COLOR | cv::IMREAD_ANYDEPTH | cv::IMREAD_IGNORE_ORIENTATION;
    cv::Mat pixels;
    try {
        pixels = cv::imdecode(file.bytes, flags);
    } catch (const cv::Exception& failure) {
        throwUndecodable(file, failure.err);
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::TooLarge, file.name, "does not fit in memory", "Export a smaller copy of the picture.");
    }
    const Size expected = sizeAfterDecoding(file);
    const bool isPicture = (pixels.depth() == CV_8U || pixels.depth() == CV_16U) && pixels.channels() >= 3;
    if (pixels.empty() || !isPicture || pixels.cols != expected.width || pixels.rows != expected.height)
        throwUndecodable(file, {});
    return pixels;
}

/// EXIF's eight ways to stand, as the rows and columns of the upright picture.
cv::Mat upright(const cv::Mat& stored, int orientation)
{
    cv::Mat turned;
    switch (orientation) {
    case 2: cv::flip(stored, turned, 1); return turned;
    case 3: cv::rotate(stored, turned, cv::ROTATE_180); return turned;
    case 4: cv::flip(stored, turned, 0); return turned;
    case 5: cv::transpose(stored, turned); return turned;
    case 6: cv::rotate(stored, turned, cv::ROTATE_90_CLOCKWISE); return turned;
    case 7:
        cv::transpose(stored, turned);
        cv::flip(turned, turned, -1);
        return turned;
    case 8: cv::rotate(stored, turned, cv::ROTATE_90_COUNTERCLOCKWISE); return turned;
    default: return stored;
    }
}

std::uint8_t toByte(std::uint8_t value)
{
    return value;
}

std::uint8_t toByte(std::uint16_t value)
{
    return static_cast<std::uint8_t>(value >> 8);
}

/// Takes alpha out of a colour that it was multiplied into, as Pillow does.
std::uint8_t withoutAlpha(std::uint8_t colour, std::uint8_t alpha)
{
    return alpha == 0 ? 0 : static_cast<std::uint8_t>(std::min(255 * colour / alpha, 255));
}

template <typename Value>
void copyRow(const Value* blueGreenRed, int channels, bool premultiplied, std::uint8_t* rgb, int width)
{
    for (int x = 0; x < width; ++x, blueGreenRed += channels, rgb += 3) {
        for (int colour = 0; colour < 3; ++colour)
            rgb[colour] = toByte(blueGreenRed[2 - colour]);
        if (premultiplied && channels == 4) {
            for (int colour = 0; colour < 3; ++colour)
                rgb[colour] = withoutAlpha(rgb[colour], toByte(blueGreenRed[3]));
        }
    }
}

Picture toPicture(const cv::Mat& pixels, bool premultiplied)
{
    Picture picture{{pixels.cols, pixels.rows}, {}};
    const std::size_t stride = static_cast<std::size_t>(pixels.cols) * 3;
    picture.rgb.resize(stride * static_cast<std::size_t>(pixels.rows));
    std::uint8_t* row = picture.rgb.data();
    for (int y = 0; y < pixels.rows; ++y, row += stride) {
        if (pixels.depth() == CV_8U)
            copyRow(pixels.ptr<std::uint8_t>(y), pixels.channels(), premultiplied, row, pixels.cols);
        else
            copyRow(pixels.ptr<std::uint16_t>(y), pixels.channels(), premultiplied, row, pixels.cols);
    }
    return picture;
}

} // namespace

Picture decodePicture(const fs::path& path, const DecodeOptions& options, const Progress& progress)
{
    CheckedFile file = readAndCheck(path, options, progress);
    progress.throwIfStopped();
    cv::Mat pixels = decodeStored(file);
    progress.throwIfStopped();
    file.bytes = {};
    pixels = upright(pixels, orientationToApply(file, options));
    return toPicture(pixels, file.header.premultiplied);
}

Size pictureSize(const fs::path& path, const DecodeOptions& options)
{
    const CheckedFile file = readAndCheck(path, options, {});
    const Size size = sizeAfterDecoding(file);
    return swapsSides(orientationToApply(file, options)) ? Size{size.height, size.width} : size;
}

} // namespace ocellus
