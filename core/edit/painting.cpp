// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/painting.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/edit/picture_pixels.h"

namespace ocellus {

namespace {

std::uint8_t clampedByte(double value)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

/// The bytes of `inner` out of a picture that shows `outer`.
std::vector<std::uint8_t> innerPart(const Picture& part, const PixelBox& outer, PixelBox inner)
{
    inner.left -= outer.left;
    inner.top -= outer.top;
    return cropped(part, inner).rgb;
}

std::vector<std::uint8_t> blurred(const Picture& picture, const Mask& mask, const Blur& recipe)
{
    if (recipe.deviation == 0)
        return cropped(picture, mask.box()).rgb;
    const int reach = static_cast<int>(std::ceil(3 * recipe.deviation));
    const PixelBox outer = grown(mask.box(), reach, picture.size);
    Picture part = cropped(picture, outer);
    cv::Mat soft;
    cv::GaussianBlur(matOf(part), soft, {2 * reach + 1, 2 * reach + 1}, recipe.deviation, recipe.deviation,
                     cv::BORDER_REPLICATE);
    soft.copyTo(matOf(part));
    return innerPart(part, outer, mask.box());
}

std::vector<std::uint8_t> noisy(const Picture& picture, const Mask& mask, const Noise& recipe)
{
    const PixelBox& box = mask.box();
    std::vector<std::uint8_t> bytes = cropped(picture, box).rgb;
    std::size_t at = 0;
    for (int y = box.top; y < box.bottom(); ++y)
        for (int x = box.left; x < box.right(); ++x) {
            RandomStream stream({recipe.seed, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)});
            for (int channel = 0; channel < 3; ++channel, ++at)
                bytes[at] = clampedByte(bytes[at] + stream.normal(recipe.deviation));
        }
    return bytes;
}

std::vector<std::uint8_t> meanFilled(const Picture& picture, const Mask& mask, const MeanFill& recipe)
{
    const bool isOfMask = recipe.of == MeanFill::Of::Mask;
    const PixelBox box = isOfMask ? mask.box() : wholeBox(picture.size);
    std::array<double, 3> sums{};
    double weights = 0;
    for (int y = box.top; y < box.bottom(); ++y)
        for (int x = box.left; x < box.right(); ++x) {
            const double weight = isOfMask ? mask.at(x, y) : 1;
            const Rgb colour = pixelOf(picture, x, y);
            sums[0] += weight * colour.red;
            sums[1] += weight * colour.green;
            sums[2] += weight * colour.blue;
            weights += weight;
        }
    std::vector<std::uint8_t> bytes(mask.box().area() * 3);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = clampedByte(sums[i % 3] / weights);
    return bytes;
}

std::vector<std::uint8_t> flipped(const Picture& picture, const Mask& mask, const Flip& recipe)
{
    Picture part = cropped(picture, mask.box());
    cv::Mat mirrored;
    cv::flip(matOf(part), mirrored, recipe.axis == Flip::Axis::LeftRight ? 1 : 0);
    mirrored.copyTo(matOf(part));
    return std::move(part.rgb);
}

/// Each value on its own.
template <class Change>
std::vector<std::uint8_t> mapped(const Picture& picture, const Mask& mask, Change change)
{
    std::array<std::uint8_t, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = clampedByte(change(static_cast<double>(i)));
    std::vector<std::uint8_t> bytes = cropped(picture, mask.box()).rgb;
    for (std::uint8_t& value : bytes)
        value = table[value];
    return bytes;
}

Picture rotated(Picture picture, double degrees)
{
    const double turn = std::fmod(degrees + 360, 360);
    cv::Mat source = matOf(picture), target;
    if (turn == 0)
        return picture;
    if (turn == 90 || turn == 180 || turn == 270) {
        cv::rotate(source, target,
                   turn == 90    ? cv::ROTATE_90_CLOCKWISE
                   : turn == 180 ? cv::ROTATE_180
                                 : cv::ROTATE_90_COUNTERCLOCKWISE);
    } else {
        const cv::Point2f centre(static_cast<float>(source.cols - 1) / 2, static_cast<float>(source.rows - 1) / 2);
        cv::warpAffine(source, target, cv::getRotationMatrix2D(centre, -degrees, 1), source.size(), cv::INTER_LINEAR,
                       cv::BORDER_REFLECT_101);
    }
    Picture result{{target.cols, target.rows}, std::vector<std::uint8_t>(picture.rgb.size())};
    target.copyTo(matOf(result));
    return result;
}

} // namespace

std::vector<std::uint8_t> inpainted(const Picture& picture, const Mask& mask, const Inpaint& recipe)
{
    const PixelBox outer = grown(mask.box(), static_cast<int>(std::ceil(recipe.radius)) + 2, picture.size);
    Picture part = cropped(picture, outer);
    std::vector<std::uint8_t> alpha = mask.alphaOf(outer);
    if (std::find(alpha.begin(), alpha.end(), 0) == alpha.end())
        throw Error(ErrorCode::BadArgument, "remove", "the mask leaves nothing around it to fill from");
    const cv::Mat unknown(outer.height, outer.width, CV_8UC1, alpha.data());
    cv::Mat filled;
    cv::inpaint(matOf(part), unknown, filled, recipe.radius,
                recipe.method == Inpaint::Method::Telea ? cv::INPAINT_TELEA : cv::INPAINT_NS);
    filled.copyTo(matOf(part));
    return innerPart(part, outer, mask.box());
}

std::vector<std::uint8_t> patched(const Picture& picture, const Mask& mask, const CopyPatch& recipe)
{
    PixelBox needed = mask.box();
    needed.left += recipe.dx;
    needed.top += recipe.dy;
    Picture patch = cropped(recipe.source ? *recipe.source : picture, needed);
    if (!recipe.poisson)
        return std::move(patch.rgb);

    // seamlessClone() erodes its mask by three pixels and never touches the rim of its pictures: so it is given a
    // wider mask, and pictures with a margin that repeats their edges.
    constexpr int widening = 3, margin = 6;
    const PixelBox outer = grown(mask.box(), margin, picture.size);
    Picture around = cropped(picture, outer);
    std::vector<std::uint8_t> alpha(mask.alpha().begin(), mask.alpha().end());
    const PixelBox& box = mask.box();
    const auto widened = [&](const cv::Mat& mat, const PixelBox& shown, int kind) {
        cv::Mat result;
        cv::copyMakeBorder(mat, result, shown.top - box.top + margin, box.bottom() - shown.bottom() + margin,
                           shown.left - box.left + margin, box.right() - shown.right() + margin, kind);
        return result;
    };
    const cv::Mat target = widened(matOf(around), outer, cv::BORDER_REPLICATE);
    const cv::Mat source = widened(matOf(patch), box, cv::BORDER_REPLICATE);
    cv::Mat shape = widened(cv::Mat(box.height, box.width, CV_8UC1, alpha.data()), box, cv::BORDER_CONSTANT) > 0;
    cv::dilate(shape, shape, cv::Mat::ones(2 * widening + 1, 2 * widening + 1, CV_8UC1));
    const cv::Rect bounds = cv::boundingRect(shape);
    cv::Mat cloned;
    cv::seamlessClone(source, target, shape, {bounds.x + bounds.width / 2, bounds.y + bounds.height / 2}, cloned,
                      cv::NORMAL_CLONE);
    cloned({margin, margin, box.width, box.height}).copyTo(matOf(patch));
    return std::move(patch.rgb);
}

std::vector<std::uint8_t> painted(const Picture& picture, const Mask& mask, const Operation& operation,
                                  const Progress& progress)
{
    struct Painter {
        const Picture& picture;
        const Mask& mask;
        const Progress& progress;

        std::vector<std::uint8_t> operator()(const Inpaint& recipe) const { return inpainted(picture, mask, recipe); }
        std::vector<std::uint8_t> operator()(const TextureFill& recipe) const
        {
            return textureFilled(picture, mask, recipe, progress);
        }
        std::vector<std::uint8_t> operator()(const Recolour& recipe) const { return recoloured(picture, mask, recipe); }
        std::vector<std::uint8_t> operator()(const TakeColour& recipe) const
        {
            return recoloured(picture, mask, recipe);
        }
        std::vector<std::uint8_t> operator()(const Blur& recipe) const { return blurred(picture, mask, recipe); }
        std::vector<std::uint8_t> operator()(const Noise& recipe) const { return noisy(picture, mask, recipe); }
        std::vector<std::uint8_t> operator()(const MeanFill& recipe) const { return meanFilled(picture, mask, recipe); }
        std::vector<std::uint8_t> operator()(const CopyPatch& recipe) const { return patched(picture, mask, recipe); }
        std::vector<std::uint8_t> operator()(const Flip& recipe) const { return flipped(picture, mask, recipe); }
        std::vector<std::uint8_t> operator()(const Brightness& recipe) const
        {
            return mapped(picture, mask, [&](double value) { return value + 255 * recipe.shift; });
        }
        std::vector<std::uint8_t> operator()(const Contrast& recipe) const
        {
            return mapped(picture, mask, [&](double value) { return 127.5 + recipe.factor * (value - 127.5); });
        }
        std::vector<std::uint8_t> operator()(const Crop&) const { return cropped(picture, mask.box()).rgb; }
        std::vector<std::uint8_t> operator()(const Rotate&) const { return cropped(picture, mask.box()).rgb; }
    };
    return std::visit(Painter{picture, mask, progress}, operation);
}

Picture reshaped(const Picture& picture, const Operation& operation)
{
    if (const auto* crop = std::get_if<Crop>(&operation))
        return cropped(picture, crop->box);
    if (const auto* rotate = std::get_if<Rotate>(&operation))
        return rotated(picture, rotate->degrees);
    return picture;
}

} // namespace ocellus
