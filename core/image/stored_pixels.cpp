// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/stored_pixels.h"

#include <new>

#include "core/base/error.h"
#include "core/image/picture_file.h"

namespace ocellus {

namespace {

[[noreturn]] void throwUndecodable(const PictureFile& file, const std::string& reason)
{
    throw Error(ErrorCode::Damaged, file.name, "could not be decoded" + (reason.empty() ? reason : ": " + reason),
                "Copy or export the picture again from where it came from, as JPEG or PNG.");
}

StoredPixels decodeAny(const PictureFile& file, PngPixels kind)
{
    try {
        switch (file.format) {
        case PictureFormat::Jpeg: return decodeJpeg(file.bytes);
        case PictureFormat::Png: return decodePng(file.bytes, kind);
        case PictureFormat::Tiff: return decodeTiff(file.bytes, file.header);
        case PictureFormat::WebP: return decodeWebP(file.bytes);
        case PictureFormat::Bmp: return decodeBmp(ByteReader(file.name, file.bytes));
        }
    } catch (const std::bad_alloc&) {
    } catch (const cv::Exception&) { // OpenCV's way to say the same
    }
    throw Error(ErrorCode::TooLarge, file.name, "does not fit in memory", "Export a smaller copy of the picture.");
}

} // namespace

StoredPixels decodeStored(const PictureFile& file, PngPixels kind, const DecodeOptions& options)
{
    StoredPixels stored = decodeAny(file, kind);
    const cv::Mat& pixels = stored.pixels;
    const bool isPicture =
        (pixels.depth() == CV_8U || pixels.depth() == CV_16U) && (pixels.channels() >= 3 || kind == PngPixels::Samples);
    if (pixels.empty() || !isPicture || pixels.cols != file.header.width || pixels.rows != file.header.height)
        throwUndecodable(file, stored.damage);
    if (!stored.damage.empty() && !options.showDamaged)
        throw Error(ErrorCode::Damaged, file.name, "is damaged, part of its pixels is lost: " + stored.damage,
                    "Copy the picture again from where it came from.");
    return stored;
}

int orientationToApply(const PictureFile& file, const DecodeOptions& options)
{
    if (file.header.tiffOrientation)
        return *file.header.tiffOrientation;
    return options.ignoreExif ? 1 : file.header.metadata.orientation();
}

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

} // namespace ocellus
