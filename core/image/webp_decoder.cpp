// SPDX-License-Identifier: GPL-3.0-or-later
#include <webp/decode.h>

#include "core/image/stored_pixels.h"

namespace ocellus {

StoredPixels decodeWebP(std::span<const std::uint8_t> file)
{
    StoredPixels stored;
    int width = 0, height = 0;
    if (!WebPGetInfo(file.data(), file.size(), &width, &height))
        return stored;
    cv::Mat& pixels = stored.pixels;
    pixels.create(height, width, CV_8UC3);
    if (!WebPDecodeBGRInto(file.data(), file.size(), pixels.data, pixels.step[0] * static_cast<std::size_t>(height),
                           static_cast<int>(pixels.step[0])))
        pixels.release();
    return stored;
}

} // namespace ocellus
