// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/edit/mask_selection.h"
#include "core/edit/picture_pixels.h"

namespace ocellus {

namespace {

constexpr int minFrame = 16;
constexpr double maxPixels = 1e6;
constexpr std::uint8_t half = 128;

/// OpenCV's k-means draws from one generator a thread; this sets it for a while, so that results do not depend on
/// what was done before.
class FixedRandomness {
public:
    FixedRandomness() : m_before(cv::theRNG()) { cv::theRNG() = cv::RNG(1); }
    ~FixedRandomness() { cv::theRNG() = m_before; }
    FixedRandomness(const FixedRandomness&) = delete;
    FixedRandomness& operator=(const FixedRandomness&) = delete;

private:
    cv::RNG m_before;
};

/// GrabCut's four labels: `inner` is the mask's box in coordinates of `values`.
cv::Mat startLabels(const cv::Mat& values, const cv::Rect& inner)
{
    cv::Mat labels(values.size(), CV_8UC1, cv::Scalar(cv::GC_BGD));
    labels(inner).setTo(cv::GC_PR_BGD);
    labels.setTo(cv::GC_PR_FGD, values >= half);
    return labels;
}

} // namespace

Mask grabCutMask(const Picture& picture, const Mask& rough, int iterations, const Progress& progress)
{
    requireSize("mask", rough.pictureSize(), picture.size);
    if (iterations < 1 || iterations > 20)
        throw Error(ErrorCode::BadArgument, "GrabCut",
                    "expected 1 to 20 iterations, got " + std::to_string(iterations));
    if (rough.empty())
        return rough;
    const PixelBox inner = rough.box();
    const PixelBox box = grown(inner, std::max({minFrame, inner.width / 2, inner.height / 2}), picture.size);
    Picture region = cropped(picture, box);
    std::vector<std::uint8_t> alpha = rough.alphaOf(box);
    cv::Mat values(box.height, box.width, CV_8UC1, alpha.data());
    cv::Mat labels = startLabels(values, {inner.left - box.left, inner.top - box.top, inner.width, inner.height});
    cv::Mat colours = matOf(region);
    const double scale = std::sqrt(std::min(1.0, maxPixels / static_cast<double>(box.area())));
    if (scale < 1) {
        // A strip of one pixel stays one.
        const cv::Size small(std::max(1, static_cast<int>(std::lround(colours.cols * scale))),
                             std::max(1, static_cast<int>(std::lround(colours.rows * scale))));
        cv::resize(colours, colours, small, 0, 0, cv::INTER_AREA);
        cv::resize(labels, labels, colours.size(), 0, 0, cv::INTER_NEAREST);
    }
    const int wanted = cv::countNonZero(labels == cv::GC_PR_FGD);
    if (wanted == 0 || wanted == labels.rows * labels.cols)
        throw Error(ErrorCode::BadArgument, "GrabCut",
                    wanted ? "the mask leaves nothing around it to compare with" : "the mask selects nothing by half");

    const FixedRandomness fixed;
    cv::Mat background, foreground;
    // One iteration a call, so that it can be stopped.
    for (int i = 0; i < iterations; ++i) {
        progress.throwIfStopped();
        cv::grabCut(colours, labels, {}, background, foreground, 1, i == 0 ? cv::GC_INIT_WITH_MASK : cv::GC_EVAL);
    }
    cv::Mat chosen = (labels & 1) * 255;
    if (scale < 1)
        cv::resize(chosen, chosen, values.size(), 0, 0, cv::INTER_LINEAR);
    values.setTo(0);
    values.setTo(255, chosen >= half);
    return {picture.size, box, std::move(alpha)};
}

} // namespace ocellus
