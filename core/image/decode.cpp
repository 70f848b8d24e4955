// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/decode.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>

#include "core/image/colour_profile.h"
#include "core/image/picture_file.h"
#include "core/image/stored_pixels.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

bool swapsSides(int orientation)
{
    return orientation >= 5;
}

/// Which samples become black and white, and what occurs.
void findRange(const cv::Mat& pixels, const SampleRange& range, PictureFacts& facts)
{
    facts.isDeep = pixels.depth() == CV_16U;
    if (!facts.isDeep)
        return;
    facts.least = SampleRange::largest;
    for (int y = 0; y < pixels.rows; ++y) {
        const auto* row = pixels.ptr<std::uint16_t>(y);
        for (int x = 0; x < pixels.cols; ++x, row += pixels.channels()) {
            const auto [least, greatest] = std::minmax({row[0], row[1], row[2]}); // alpha is no colour
            facts.least = std::min<int>(facts.least, least);
            facts.greatest = std::max<int>(facts.greatest, greatest);
        }
    }
    if (range.kind == SampleRange::Kind::Given) {
        facts.black = range.low;
        facts.white = range.high;
    } else if (range.kind == SampleRange::Kind::Auto) {
        facts.white = (1 << std::max(static_cast<int>(std::bit_width(static_cast<unsigned>(facts.greatest))), 1)) - 1;
    }
}

/// The byte that each 16-bit sample becomes.
std::vector<std::uint8_t> byteTable(const PictureFacts& facts)
{
    const bool isFull = facts.black == 0 && facts.white == SampleRange::largest;
    const int width = facts.white - facts.black;
    std::vector<std::uint8_t> table(SampleRange::largest + 1);
    for (int sample = 0; sample <= SampleRange::largest; ++sample) {
        const int rounded =
            (2 * 255 * (std::clamp(sample, facts.black, facts.white) - facts.black) + width) / (2 * width);
        table[static_cast<std::size_t>(sample)] = static_cast<std::uint8_t>(isFull ? sample >> 8 : rounded);
    }
    return table;
}

/// Takes alpha out of a colour that it was multiplied into, as Pillow does.
std::uint8_t withoutAlpha(std::uint8_t colour, std::uint8_t alpha)
{
    return alpha == 0 ? 0 : static_cast<std::uint8_t>(std::min(255 * colour / alpha, 255));
}

template <typename Sample>
void copyRow(const Sample* blueGreenRed, int channels, [[maybe_unused]] const std::vector<std::uint8_t>& table,
             std::uint8_t* rgb, int width)
{
    for (int x = 0; x < width; ++x, blueGreenRed += channels, rgb += 3)
        for (int colour = 0; colour < 3; ++colour) {
            if constexpr (sizeof(Sample) == 1)
                rgb[colour] = blueGreenRed[2 - colour];
            else
                rgb[colour] = table[blueGreenRed[2 - colour]];
        }
}

/// Of 8-bit colours: alpha that was multiplied in occurs in those only.
void divideByAlpha(const cv::Mat& pixels, int y, std::uint8_t* rgb)
{
    for (int x = 0; x < pixels.cols; ++x, rgb += 3) {
        const auto alpha = pixels.depth() == CV_8U
                               ? pixels.ptr<std::uint8_t>(y)[x * 4 + 3]
                               : static_cast<std::uint8_t>(pixels.ptr<std::uint16_t>(y)[x * 4 + 3] >> 8);
        for (int colour = 0; colour < 3; ++colour)
            rgb[colour] = withoutAlpha(rgb[colour], alpha);
    }
}

Picture colours(const cv::Mat& pixels, bool premultiplied, const PictureFacts& facts)
{
    const std::vector<std::uint8_t> table = facts.isDeep ? byteTable(facts) : std::vector<std::uint8_t>();
    Picture picture{{pixels.cols, pixels.rows}, {}};
    const std::size_t stride = static_cast<std::size_t>(pixels.cols) * 3;
    picture.rgb.resize(stride * static_cast<std::size_t>(pixels.rows));
    std::uint8_t* row = picture.rgb.data();
    for (int y = 0; y < pixels.rows; ++y, row += stride) {
        if (pixels.depth() == CV_8U)
            copyRow(pixels.ptr<std::uint8_t>(y), pixels.channels(), table, row, pixels.cols);
        else
            copyRow(pixels.ptr<std::uint16_t>(y), pixels.channels(), table, row, pixels.cols);
        if (premultiplied && pixels.channels() == 4)
            divideByAlpha(pixels, y, row);
    }
    return picture;
}

} // namespace

DecodedPicture decodeWithFacts(const fs::path& path, const DecodeOptions& options, const Progress& progress)
{
    PictureFile file = readPictureFile(path, options, progress);
    progress.throwIfStopped();
    StoredPixels stored = decodeStored(file, PngPixels::Colours, options);
    progress.throwIfStopped();
    file.bytes = {};
    DecodedPicture decoded;
    PictureFacts& facts = decoded.facts;
    facts.page = file.header.page;
    facts.pages = file.header.pages;
    facts.isFirstReduced = file.header.isFirstReduced;
    facts.millimetresPerPixel = file.header.millimetresPerPixel;
    facts.damage = std::move(stored.damage);
    facts.profile = foreignColours(file.header.metadata);
    findRange(stored.pixels, options.range, facts);
    const cv::Mat pixels = upright(stored.pixels, orientationToApply(file, options));
    stored.pixels.release();
    decoded.picture = colours(pixels, file.header.premultiplied, facts);
    if (options.convertToSrgb && !facts.profile.empty())
        facts.isConverted = convertToSrgb(file.header.metadata, decoded.picture);
    return decoded;
}

Picture decodePicture(const fs::path& path, const DecodeOptions& options, const Progress& progress)
{
    return decodeWithFacts(path, options, progress).picture;
}

Size pictureSize(const fs::path& path, const DecodeOptions& options)
{
    const PictureFile file = readPictureFile(path, options);
    const Size size{static_cast<int>(file.header.width), static_cast<int>(file.header.height)};
    return swapsSides(orientationToApply(file, options)) ? Size{size.height, size.width} : size;
}

} // namespace ocellus
