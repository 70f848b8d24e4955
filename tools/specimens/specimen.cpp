// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/specimen.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "tools/specimens/backdrop_painter.h"
#include "tools/specimens/body_painter.h"
#include "tools/specimens/canvas.h"
#include "tools/specimens/smudge_painter.h"
#include "tools/specimens/wing_painter.h"

namespace ocellus {

namespace {

/// The canvas is drawn this much larger than the picture and averaged down.
constexpr int oversampling = 2;

static_assert(sizeof(Canvas::Pixel) == 4 * sizeof(float));

void require(const Individual& individual, const Marks& marks, int side)
{
    if (side < smallestSpecimenSide || side > largestSpecimenSide)
        throw Error(ErrorCode::BadArgument, "size",
                    "expected " + std::to_string(smallestSpecimenSide) + " to " + std::to_string(largestSpecimenSide) +
                        " pixels, got " + std::to_string(side));
    const int rings = static_cast<int>(ringDesigns().size());
    if (individual.ring < 0 || individual.ring >= rings)
        throw Error(ErrorCode::BadArgument, "ring",
                    "expected 0 to " + std::to_string(rings - 1) + ", got " + std::to_string(individual.ring));
    const int known = static_cast<int>(ringDesigns()[static_cast<std::size_t>(individual.ring)].marks.size());
    for (const int mark : marks)
        if (mark < 0 || mark >= known)
            throw Error(ErrorCode::BadArgument, "mark",
                        "expected 0 to " + std::to_string(known - 1) + ", got " + std::to_string(mark));
}

DrawnMark drawnMark(const WingPainter::MarkPlace& place, int side)
{
    DrawnMark drawn;
    drawn.mark = place.mark;
    drawn.side = side;
    drawn.centre = {place.centre.x / oversampling, place.centre.y / oversampling};
    double right = -std::numeric_limits<double>::max();
    double bottom = right;
    drawn.left = drawn.top = std::numeric_limits<double>::max();
    for (const WingPoint& corner : place.corners) {
        drawn.left = std::min<double>(drawn.left, corner.x / oversampling);
        drawn.top = std::min<double>(drawn.top, corner.y / oversampling);
        right = std::max<double>(right, corner.x / oversampling);
        bottom = std::max<double>(bottom, corner.y / oversampling);
    }
    drawn.width = right - drawn.left;
    drawn.height = bottom - drawn.top;
    return drawn;
}

const RingDesign& ringOf(const Individual& individual)
{
    return ringDesigns()[static_cast<std::size_t>(individual.ring)];
}

/// From the body's coordinates (forewing lengths) to pixels.
Affine bodyToPixels(const Individual& individual, int pixels)
{
    const auto side = static_cast<float>(pixels);
    const auto scale = static_cast<float>(individual.wingLength) * side;
    return Affine::moved(static_cast<float>(individual.x) * side, static_cast<float>(individual.y) * side) *
           Affine::turned(individual.turn) * Affine::scaled(scale, scale);
}

/// The whole butterfly on the canvas, hindwings first, as it is set.
void paintButterfly(Canvas& canvas, const Individual& individual, const Marks& marks)
{
    const RingDesign& ring = ringOf(individual);
    const Affine toCanvas = bodyToPixels(individual, canvas.side());
    const BodyPainter body(ring, individual, toCanvas);
    body.paintAntennae(canvas);
    for (int i = 0; i < 2; ++i) {
        const WingPainter hind(ring, Wing::Hind, i, individual, marks, toCanvas);
        const WingPainter fore(ring, Wing::Fore, i, individual, marks, toCanvas);
        hind.paint(canvas, &fore);
        fore.paint(canvas, nullptr);
    }
    body.paintBody(canvas);
    body.paintPin(canvas);
}

/// How dark the butterfly's shadow is: a soft one away from the light, and a narrow one all round.
cv::Mat1f shadowOf(const cv::Mat1f& alpha, const Light& light)
{
    const auto side = static_cast<double>(alpha.cols);
    const double angle = light.direction * std::numbers::pi / 180;
    const double length = (0.012 + 0.5 * light.shadowBlur) * side;
    const cv::Matx23d move(1, 0, -length * std::cos(angle), 0, 1, -length * std::sin(angle));
    cv::Mat1f thrown;
    cv::Mat1f contact;
    cv::warpAffine(alpha, thrown, move, alpha.size());
    cv::GaussianBlur(thrown, thrown, {}, light.shadowBlur * side);
    cv::GaussianBlur(alpha, contact, {}, 0.005 * side);
    const double strength = std::min(light.strength, 1.2);
    return cv::Mat1f(0.42 * strength * thrown + 0.16 * contact);
}

std::uint8_t byteOf(float value)
{
    return static_cast<std::uint8_t>(std::clamp(value * 255 + 0.5F, 0.0F, 255.0F));
}

/// Butterfly over backdrop in the light of the room.
Picture compose(const cv::Mat4f& butterfly, const std::vector<Colour>& backdrop, const Individual& individual)
{
    const int side = butterfly.cols;
    cv::Mat1f alpha;
    cv::extractChannel(butterfly, alpha, 3);
    const Light& light = individual.light;
    const cv::Mat1f shadow = shadowOf(alpha, light);
    const double angle = light.direction * std::numbers::pi / 180;
    const auto lean = static_cast<float>(light.falloff);
    const auto warmth = static_cast<float>(light.warmth);
    const Colour tint = {1 + 0.03F * warmth, 1, 1 - 0.05F * warmth};
    Picture picture{{side, side}, std::vector<std::uint8_t>(backdrop.size() * 3)};
    std::size_t at = 0;
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column, ++at) {
            const float x = (static_cast<float>(column) + 0.5F) / static_cast<float>(side) - 0.5F;
            const float y = (static_cast<float>(row) + 0.5F) / static_cast<float>(side) - 0.5F;
            const float towards = x * static_cast<float>(std::cos(angle)) + y * static_cast<float>(std::sin(angle));
            const float room = 1 - lean * (0.5F - towards) - 0.12F * (x * x + y * y);
            const cv::Vec4f& pixel = butterfly(row, column);
            const float behind = (1 - pixel[3]) * (1 - std::min(shadow(row, column), 0.9F));
            const Colour& under = backdrop[at];
            picture.rgb[3 * at] = byteOf((pixel[0] + under.red * behind) * room * tint.red);
            picture.rgb[3 * at + 1] = byteOf((pixel[1] + under.green * behind) * room * tint.green);
            picture.rgb[3 * at + 2] = byteOf((pixel[2] + under.blue * behind) * room * tint.blue);
        }
    return picture;
}

/// One individual with some of its ring's marks, without smudges.
struct Drawing {
    Picture picture;
    cv::Mat1f shares; ///< of each pixel, how much of it is mark
};

Drawing draw(const Individual& individual, const Marks& marks, int side, const std::vector<Colour>& backdrop)
{
    Canvas canvas(side * oversampling);
    Drawing drawing;
    paintButterfly(canvas, individual, marks);
    // OpenCV reads from the canvas only.
    const cv::Mat4f large(canvas.side(), canvas.side(),
                          reinterpret_cast<cv::Vec4f*>(const_cast<Canvas::Pixel*>(canvas.pixels().data())));
    const cv::Mat1f largeMarks(canvas.side(), canvas.side(), const_cast<float*>(canvas.marks().data()));
    cv::Mat4f butterfly;
    cv::resize(large, butterfly, {side, side}, 0, 0, cv::INTER_AREA);
    cv::resize(largeMarks, drawing.shares, {side, side}, 0, 0, cv::INTER_AREA);
    drawing.picture = compose(butterfly, backdrop, individual);
    return drawing;
}

/// 255 where a mark makes up at least half of the pixel.
std::vector<std::uint8_t> bytesOf(const cv::Mat1f& shares)
{
    std::vector<std::uint8_t> bytes;
    std::transform(shares.begin(), shares.end(), std::back_inserter(bytes),
                   [](float share) { return share >= 0.5F ? std::uint8_t(255) : std::uint8_t(0); });
    return bytes;
}

/// The smudged picture where `own` has no mark, and its marks over it. `plain` is the same individual without either.
Picture laidOver(const Picture& smudged, const Picture& plain, const Drawing& own)
{
    Picture picture = smudged;
    std::size_t at = 0;
    for (const float share : own.shares)
        for (int channel = 0; channel < 3; ++channel, ++at) {
            const float change = static_cast<float>(smudged.rgb[at]) - static_cast<float>(plain.rgb[at]);
            picture.rgb[at] = static_cast<std::uint8_t>(
                std::clamp(static_cast<float>(own.picture.rgb[at]) + change * (1 - share) + 0.5F, 0.0F, 255.0F));
        }
    return picture;
}

} // namespace

Specimen drawSpecimen(const Individual& individual, const Marks& marks, int side)
{
    require(individual, marks, side);
    const std::vector<Colour> backdrop = paintBackdrop(individual, side);
    const Drawing own = draw(individual, marks, side, backdrop);
    Specimen specimen{own.picture, bytesOf(own.shares), markPlaces(individual, marks, side)};
    if (individual.smudges.empty() && individual.wipedMarks.empty())
        return specimen;
    const Drawing plain = marks.empty() ? own : draw(individual, {}, side, backdrop);
    const Drawing wiped = individual.wipedMarks.empty()    ? plain
                          : individual.wipedMarks == marks ? own
                                                           : draw(individual, individual.wipedMarks, side, backdrop);
    specimen.picture = laidOver(smudged(wiped.picture, bytesOf(wiped.shares), individual), plain.picture, own);
    return specimen;
}

std::vector<DrawnMark> markPlaces(const Individual& individual, const Marks& marks, int side)
{
    require(individual, marks, side);
    const Affine toCanvas = bodyToPixels(individual, side * oversampling);
    std::vector<DrawnMark> places;
    for (int i = 0; i < 2; ++i)
        for (const Wing wing : {Wing::Fore, Wing::Hind}) {
            const WingPainter painter(ringOf(individual), wing, i, individual, marks, toCanvas);
            for (const WingPainter::MarkPlace& place : painter.markPlaces())
                places.push_back(drawnMark(place, i));
        }
    return places;
}

std::vector<std::uint8_t> changedPixels(const Picture& first, const Picture& second)
{
    if (first.size != second.size)
        throw Error(ErrorCode::Mismatch, "pictures", "expected two of one size, got different ones");
    std::vector<std::uint8_t> changed(first.rgb.size() / 3);
    for (std::size_t i = 0; i < first.rgb.size(); ++i)
        if (first.rgb[i] != second.rgb[i])
            changed[i / 3] = 255;
    return changed;
}

} // namespace ocellus
