// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/png_encoder.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace ocellus {

std::vector<std::uint8_t> encodedPng(const Picture& picture)
{
    if (picture.empty())
        throw Error(ErrorCode::BadArgument, "PNG", "expected a picture with pixels, got an empty one");
    const cv::Mat rgb(picture.size.height, picture.size.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    std::vector<std::uint8_t> bytes;
    if (!cv::imencode(".png", bgr, bytes))
        throw Error(ErrorCode::Internal, "PNG", "a picture cannot be encoded");
    return bytes;
}

} // namespace ocellus
