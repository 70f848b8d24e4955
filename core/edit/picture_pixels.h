// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

#include "core/edit/colour_space.h"
#include "core/edit/pixel_box.h"

namespace ocellus {

inline Rgb pixelOf(const Picture& picture, int x, int y)
{
    const std::size_t at = wholeBox(picture.size).indexOf(x, y) * 3;
    return {picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]};
}

/// The picture's own pixels as OpenCV sees them, but with red first.
inline cv::Mat matOf(Picture& picture)
{
    return {picture.size.height, picture.size.width, CV_8UC3, picture.rgb.data()};
}

} // namespace ocellus
