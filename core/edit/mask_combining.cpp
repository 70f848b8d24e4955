// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask_combining.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr double maxRadius = 1'000;
constexpr std::uint8_t half = 128;

void requireRadius(double radius)
{
    if (!(radius >= 0 && radius <= maxRadius))
        throw Error(ErrorCode::BadArgument, "mask",
                    "expected a radius from 0 to 1000 pixels, got " + std::to_string(radius));
}

template <class Combine>
Mask combined(const Mask& a, const Mask& b, const PixelBox& box, Combine combine)
{
    requireSize("mask", b.pictureSize(), a.pictureSize());
    std::vector<std::uint8_t> values = a.alphaOf(box);
    const std::vector<std::uint8_t> others = b.alphaOf(box);
    std::transform(values.begin(), values.end(), others.begin(), values.begin(), combine);
    return {a.pictureSize(), box, std::move(values)};
}

/// Euclidean distance of each pixel to the nearest one whose value in `zeros` is 0.
cv::Mat distances(const cv::Mat& zeros)
{
    cv::Mat result;
    cv::distanceTransform(zeros, result, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    return result;
}

cv::Mat matOf(std::vector<std::uint8_t>& values, const PixelBox& box)
{
    return {box.height, box.width, CV_8UC1, values.data()};
}

} // namespace

Mask added(const Mask& mask, const Mask& more)
{
    return combined(mask, more, united(mask.box(), more.box()),
                    [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
}

Mask subtracted(const Mask& mask, const Mask& less)
{
    return combined(mask, less, mask.box(), [](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>((a * (255 - b) + 127) / 255);
    });
}

Mask sharedPart(const Mask& a, const Mask& b)
{
    return combined(a, b, intersected(a.box(), b.box()), [](std::uint8_t x, std::uint8_t y) { return std::min(x, y); });
}

Mask inverted(const Mask& mask)
{
    const PixelBox box = wholeBox(mask.pictureSize());
    std::vector<std::uint8_t> values = mask.alphaOf(box);
    for (std::uint8_t& value : values)
        value = static_cast<std::uint8_t>(255 - value);
    return {mask.pictureSize(), box, std::move(values)};
}

Mask translated(const Mask& mask, int dx, int dy)
{
    // No mask reaches farther than its picture, and sums of larger numbers could overflow.
    const Size size = mask.pictureSize();
    dx = std::clamp(dx, -size.width, size.width);
    dy = std::clamp(dy, -size.height, size.height);
    PixelBox target = mask.box();
    target.left += dx;
    target.top += dy;
    target = intersected(target, wholeBox(size));
    PixelBox source = target;
    source.left -= dx;
    source.top -= dy;
    return {size, target, mask.alphaOf(source)};
}

Mask grownBy(const Mask& mask, double radius)
{
    requireRadius(radius);
    if (mask.empty() || radius == 0)
        return mask;
    const PixelBox box = grown(mask.box(), static_cast<int>(std::ceil(radius)), mask.pictureSize());
    std::vector<std::uint8_t> values = mask.alphaOf(box);
    const cv::Mat unselected = matOf(values, box) < half;
    if (cv::countNonZero(unselected) == unselected.rows * unselected.cols)
        return mask;
    matOf(values, box).setTo(255, distances(unselected) <= radius);
    return {mask.pictureSize(), box, std::move(values)};
}

Mask shrunkBy(const Mask& mask, double radius)
{
    requireRadius(radius);
    if (mask.empty() || radius == 0)
        return mask;
    // One unselected pixel around the box stands for all that lie outside, but not at the picture's edge.
    const PixelBox box = grown(mask.box(), 1, mask.pictureSize());
    std::vector<std::uint8_t> values = mask.alphaOf(box);
    const cv::Mat selected = matOf(values, box) >= half;
    if (cv::countNonZero(selected) == selected.rows * selected.cols)
        return mask;
    matOf(values, box).setTo(0, distances(selected) <= radius);
    return {mask.pictureSize(), box, std::move(values)};
}

Mask feathered(const Mask& mask, double deviation)
{
    requireRadius(deviation);
    if (mask.empty() || deviation == 0)
        return mask;
    const int reach = static_cast<int>(std::ceil(3 * deviation)) + 1;
    const PixelBox box = grown(mask.box(), reach, mask.pictureSize());
    std::vector<std::uint8_t> values = mask.alphaOf(box);
    const cv::Mat all = matOf(values, box);
    cv::Mat soft;
    cv::GaussianBlur(all, soft, {2 * reach + 1, 2 * reach + 1}, deviation, deviation, cv::BORDER_REPLICATE);
    soft.copyTo(all);
    return {mask.pictureSize(), box, std::move(values)};
}

} // namespace ocellus
