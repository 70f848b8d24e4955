// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/control_edits.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/edit/mask_combining.h"

namespace ocellus {

namespace {

constexpr int maxControls = 1'000;
constexpr double maxSearchedPixels = 5e5;

/// How far a shape is moved, in pixels.
struct Shift {
    int dx = 0, dy = 0;
};

[[noreturn]] void refuse(const std::string& detail)
{
    throw Error(ErrorCode::BadArgument, "control edits", detail);
}

void requireValid(const Edit& real, const ControlOptions& options)
{
    const auto isShare = [](double value) { return value >= 0 && value <= 1; };
    if (options.count < 1 || options.count > maxControls)
        refuse("expected 1 to " + std::to_string(maxControls) + " controls, got " + std::to_string(options.count));
    if (!isShare(options.onAnimal) || !isShare(options.onReal) || !isShare(options.spacing))
        refuse("expected shares from 0 to 1");
    if (real.mask.isNone() || changesGeometry(real.operation))
        refuse("expected an edit with a mask, got one of the whole picture");
    if (real.mask.empty())
        refuse("expected a mask that selects something, got an empty one");
    if (!options.animal.isNone())
        requireSize("the animal's mask", options.animal.pictureSize(), real.mask.pictureSize());
}

/// The shifts, in whole steps, that keep a stretch of pixels within 0 ... length.
std::pair<int, int> stepsWithin(int begin, int end, int length, int step)
{
    return {-(begin / step), (length - end) / step};
}

/// A patch of the picture itself needs pixels beside the shape too.
PixelBox boxToKeep(const Edit& real)
{
    const PixelBox& box = real.mask.box();
    const auto* patch = std::get_if<CopyPatch>(&real.operation);
    if (!patch || patch->source)
        return box;
    PixelBox source = box;
    source.left += patch->dx;
    source.top += patch->dy;
    return united(box, source);
}

/// Where a shape can go, found by correlating it with what it must and must not lie on.
///
/// Masks are averaged over blocks of `step` pixels; shapes are moved by whole blocks, so their averages move with them.
class PlaceSearch {
public:
    PlaceSearch(const Edit& real, const ControlOptions& options);

    std::vector<Shift> places() const;

private:
    cv::Mat blocks(const Mask& mask) const;
    /// Share of `shape` on `ground` for each shift from the first ones on.
    cv::Mat shares(const cv::Mat& shape, const Mask& ground) const;
    /// Of the part that lies on the animal least: a mark on each wing is not on the animal with one of them beside it.
    cv::Mat leastOnAnimal() const;

    const Edit& m_real;
    const ControlOptions& m_options;
    Size m_picture;
    int m_step;
    std::pair<int, int> m_across, m_down; ///< first and last shift in blocks
    cv::Mat m_shape;                      ///< the blocks of the shape's box
    cv::Rect m_box;                       ///< in blocks
};

PlaceSearch::PlaceSearch(const Edit& real, const ControlOptions& options)
    : m_real(real),
      m_options(options),
      m_picture(real.mask.pictureSize()),
      m_step(std::max(1, static_cast<int>(std::ceil(
                             std::sqrt(static_cast<double>(wholeBox(m_picture).area()) / maxSearchedPixels)))))
{
    const PixelBox keep = boxToKeep(real);
    m_across = stepsWithin(keep.left, keep.right(), m_picture.width, m_step);
    m_down = stepsWithin(keep.top, keep.bottom(), m_picture.height, m_step);
    const PixelBox& box = real.mask.box();
    m_box.x = box.left / m_step;
    m_box.y = box.top / m_step;
    m_box.width = (box.right() - 1) / m_step - m_box.x + 1;
    m_box.height = (box.bottom() - 1) / m_step - m_box.y + 1;
    m_shape = blocks(real.mask)(m_box).clone();
}

cv::Mat PlaceSearch::blocks(const Mask& mask) const
{
    const int columns = (m_picture.width + m_step - 1) / m_step;
    const int rows = (m_picture.height + m_step - 1) / m_step;
    cv::Mat sums(rows, columns, CV_32F, cv::Scalar(0));
    const PixelBox& box = mask.box();
    const auto alpha = mask.alpha();
    for (int y = box.top; y < box.bottom(); ++y) {
        float* row = sums.ptr<float>(y / m_step);
        for (int x = box.left; x < box.right(); ++x)
            row[x / m_step] += alpha[box.indexOf(x, y)];
    }
    return sums / (255.0F * static_cast<float>(m_step) * static_cast<float>(m_step));
}

cv::Mat PlaceSearch::shares(const cv::Mat& shape, const Mask& ground) const
{
    const cv::Rect reached(m_box.x + m_across.first, m_box.y + m_down.first,
                           m_box.width + m_across.second - m_across.first, m_box.height + m_down.second - m_down.first);
    cv::Mat result;
    cv::matchTemplate(blocks(ground)(reached), shape, result, cv::TM_CCORR);
    return result / cv::sum(shape)[0];
}

cv::Mat PlaceSearch::leastOnAnimal() const
{
    constexpr double speck = 0.05; // of the shape: what a hand leaves beside the stroke is no part of its own
    constexpr int most = 16;       // parts that are looked at each for itself
    cv::Mat labels;
    const int parts = cv::connectedComponents(m_shape > 0, labels, 8, CV_32S);
    const double whole = cv::sum(m_shape)[0];
    cv::Mat least = shares(m_shape, m_options.animal);
    for (int part = 1; part < std::min(parts, most + 1) && parts > 2; ++part) {
        cv::Mat shape = m_shape.clone();
        shape.setTo(0, labels != part);
        if (cv::sum(shape)[0] >= speck * whole)
            least = cv::min(least, shares(shape, m_options.animal));
    }
    return least;
}

std::vector<Shift> PlaceSearch::places() const
{
    if (m_across.first > m_across.second || m_down.first > m_down.second)
        return {};
    const cv::Mat onReal = shares(m_shape, m_real.mask);
    const cv::Mat onAnimal = m_options.animal.isNone() ? cv::Mat() : leastOnAnimal();
    constexpr float rounding = 1e-4F; // of correlations by Fourier transform
    const float most = static_cast<float>(m_options.onReal) + rounding;
    const float least = static_cast<float>(m_options.onAnimal) - rounding;
    std::vector<Shift> found;
    for (int y = 0; y < onReal.rows; ++y)
        for (int x = 0; x < onReal.cols; ++x) {
            const bool isReal = x + m_across.first == 0 && y + m_down.first == 0;
            if (isReal || onReal.at<float>(y, x) > most || (!onAnimal.empty() && onAnimal.at<float>(y, x) < least))
                continue;
            found.push_back({(x + m_across.first) * m_step, (y + m_down.first) * m_step});
        }
    return found;
}

/// Draws places one after the other, passing over those too near to one that was drawn.
std::vector<Shift> drawn(std::vector<Shift> places, const PixelBox& box, const ControlOptions& options)
{
    const int across = std::max(1, static_cast<int>(std::ceil(box.width * options.spacing)));
    const int down = std::max(1, static_cast<int>(std::ceil(box.height * options.spacing)));
    RandomStream random(options.seed);
    std::vector<Shift> chosen;
    while (!places.empty() && static_cast<int>(chosen.size()) < options.count) {
        std::swap(places[static_cast<std::size_t>(random.below(static_cast<int>(places.size())))], places.back());
        const Shift next = places.back();
        places.pop_back();
        const bool isFree = std::ranges::none_of(chosen, [&](const Shift& other) {
            return std::abs(other.dx - next.dx) < across && std::abs(other.dy - next.dy) < down;
        });
        if (isFree)
            chosen.push_back(next);
    }
    return chosen;
}

Edit moved(const Edit& real, const Shift& shift)
{
    Edit control{real.name + " (control)", translated(real.mask, shift.dx, shift.dy), real.operation, true};
    auto* patch = std::get_if<CopyPatch>(&control.operation);
    if (patch && patch->source) {
        patch->dx -= shift.dx;
        patch->dy -= shift.dy;
    }
    return control;
}

} // namespace

std::string ControlEdits::shortfall() const
{
    return isShort() ? std::to_string(edits.size()) + " of " + std::to_string(asked) + " control places" : "";
}

ControlEdits controlEdits(const Edit& real, const ControlOptions& options)
{
    requireValid(real, options);
    ControlEdits result;
    result.asked = options.count;
    for (const Shift& shift : drawn(PlaceSearch(real, options).places(), real.mask.box(), options))
        result.edits.push_back(moved(real, shift));
    return result;
}

} // namespace ocellus
