// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/stored_samples.h"

#include "core/image/picture_file.h"
#include "core/image/stored_pixels.h"

namespace ocellus {

namespace {

bool isPalette(const PictureFile& file)
{
    constexpr std::size_t colourType = 25; // of the header chunk, which readPngHeader() found first
    constexpr std::uint8_t palette = 3;
    return file.format == PictureFormat::Png && file.bytes[colourType] == palette;
}

bool isGrey(const StoredSamples& stored)
{
    for (std::size_t pixel = 0; pixel < stored.pixels(); ++pixel)
        if (stored.at(pixel, 0) != stored.at(pixel, 1) || stored.at(pixel, 1) != stored.at(pixel, 2))
            return false;
    return true;
}

/// Keeps the first of three equal colours, and alpha.
void keepGrey(StoredSamples& stored)
{
    const int kept = stored.channels - 2;
    std::vector<std::uint16_t> samples;
    samples.reserve(stored.pixels() * static_cast<std::size_t>(kept));
    for (std::size_t pixel = 0; pixel < stored.pixels(); ++pixel) {
        samples.push_back(stored.at(pixel));
        if (kept == 2)
            samples.push_back(stored.at(pixel, 3));
    }
    stored.samples = std::move(samples);
    stored.channels = kept;
}

template <typename Sample>
void appendRow(const Sample* from, int width, int channels, std::vector<std::uint16_t>& samples)
{
    for (int x = 0; x < width; ++x, from += channels)
        for (int channel = 0; channel < channels; ++channel) // blue, green and red are stored
            samples.push_back(from[channels >= 3 && channel < 3 ? 2 - channel : channel]);
}

} // namespace

StoredSamples readSamples(const std::filesystem::path& path, const DecodeOptions& options)
{
    const PictureFile file = readPictureFile(path, options);
    const cv::Mat pixels =
        upright(decodeStored(file, PngPixels::Samples, options).pixels, orientationToApply(file, options));
    StoredSamples stored;
    stored.size = {pixels.cols, pixels.rows};
    stored.channels = pixels.channels();
    stored.isPalette = isPalette(file);
    stored.note = file.header.metadata.selectionNote();
    stored.samples.reserve(pixels.total() * static_cast<std::size_t>(stored.channels));
    for (int y = 0; y < pixels.rows; ++y) {
        if (pixels.depth() == CV_8U)
            appendRow(pixels.ptr<std::uint8_t>(y), pixels.cols, stored.channels, stored.samples);
        else
            appendRow(pixels.ptr<std::uint16_t>(y), pixels.cols, stored.channels, stored.samples);
    }
    if (stored.channels >= 3 && isGrey(stored))
        keepGrey(stored);
    return stored;
}

} // namespace ocellus
