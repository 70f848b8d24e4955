// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/preprocess.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <opencv2/core/utility.hpp>

#include "core/base/error.h"
#include "core/image/normalisation_values.h"

namespace ocellus {

namespace {

constexpr int channels = 3;
/// Fraction bits of a weight: 32 bits less 8 of the pixel and 2 to spare, as in Pillow.
constexpr int fractionBits = 32 - 8 - 2;
constexpr std::int32_t half = std::int32_t{1} << (fractionBits - 1);

/// For every output position the first input position that it reads, and `taps` fixed-point weights (0 past the last).
struct Filter {
    int taps = 0;
    std::vector<int> first;
    std::vector<int> count;
    std::vector<std::int32_t> weights; ///< [outputs, taps]
};

double triangle(double distance)
{
    return distance < 1.0 ? 1.0 - distance : 0.0;
}

/// Keys' cubic (1981), with Pillow's a.
double cubic(double distance)
{
    constexpr double a = -0.5;
    if (distance < 1.0)
        return ((a + 2.0) * distance - (a + 3.0)) * distance * distance + 1;
    return distance < 2.0 ? (((distance - 5) * distance + 8) * distance - 4) * a : 0.0;
}

/// The kernel, widened by the scale where the picture shrinks: this is what antialiases.
/// The order of the double-precision operations decides the last bit of the weights; it is Pillow's.
Filter filterFor(int inputs, int outputs, PixelFilter kind)
{
    const auto kernel = kind == PixelFilter::Bilinear ? triangle : cubic;
    const double scale = static_cast<double>(inputs) / outputs;
    const double widening = std::max(scale, 1.0);
    const double support = (kind == PixelFilter::Bilinear ? 1.0 : 2.0) * widening;
    const double inverse = 1.0 / widening;

    Filter filter;
    filter.taps = static_cast<int>(std::ceil(support)) * 2 + 1;
    const auto taps = static_cast<std::size_t>(filter.taps);
    filter.weights.resize(static_cast<std::size_t>(outputs) * taps);
    std::vector<double> exact(taps);
    for (int output = 0; output < outputs; ++output) {
        const double centre = (output + 0.5) * scale;
        const int first = std::max(static_cast<int>(centre - support + 0.5), 0);
        const int end = std::min(static_cast<int>(centre + support + 0.5), inputs);
        const auto count = static_cast<std::size_t>(end - first);
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const double distance = std::abs((static_cast<double>(i) + first - centre + 0.5) * inverse);
            exact[i] = kernel(distance);
            sum += exact[i];
        }
        std::int32_t* weights = filter.weights.data() + static_cast<std::size_t>(output) * taps;
        for (std::size_t i = 0; i < count; ++i) {
            const double weight = sum != 0.0 ? exact[i] / sum : exact[i];
            weights[i] = static_cast<std::int32_t>((weight < 0 ? -0.5 : 0.5) + weight * (1 << fractionBits));
        }
        filter.first.push_back(first);
        filter.count.push_back(static_cast<int>(count));
    }
    return filter;
}

std::uint8_t rounded(std::int32_t sum)
{
    return static_cast<std::uint8_t>(std::clamp(sum >> fractionBits, 0, 255));
}

void shrinkRow(const std::uint8_t* row, const Filter& filter, std::uint8_t* out)
{
    const std::int32_t* weights = filter.weights.data();
    for (std::size_t x = 0; x < filter.first.size(); ++x, weights += filter.taps, out += channels) {
        const std::uint8_t* pixel = row + static_cast<std::ptrdiff_t>(filter.first[x]) * channels;
        std::int32_t red = half, green = half, blue = half;
        for (int i = 0; i < filter.count[x]; ++i, pixel += channels) {
            red += pixel[0] * weights[i];
            green += pixel[1] * weights[i];
            blue += pixel[2] * weights[i];
        }
        out[0] = rounded(red);
        out[1] = rounded(green);
        out[2] = rounded(blue);
    }
}

Picture resizeWidth(const Picture& picture, int width, PixelFilter kind)
{
    const Filter filter = filterFor(picture.size.width, width, kind);
    Picture result{{width, picture.size.height}, {}};
    const std::size_t inStride = static_cast<std::size_t>(picture.size.width) * channels;
    const std::size_t outStride = static_cast<std::size_t>(width) * channels;
    result.rgb.resize(outStride * static_cast<std::size_t>(picture.size.height));
    cv::parallel_for_({0, picture.size.height}, [&](const cv::Range& rows) {
        for (auto y = static_cast<std::size_t>(rows.start); y < static_cast<std::size_t>(rows.end); ++y)
            shrinkRow(picture.rgb.data() + y * inStride, filter, result.rgb.data() + y * outStride);
    });
    return result;
}

Picture resizeHeight(const Picture& picture, int height, PixelFilter kind)
{
    const Filter filter = filterFor(picture.size.height, height, kind);
    Picture result{{picture.size.width, height}, {}};
    const std::size_t stride = static_cast<std::size_t>(picture.size.width) * channels;
    result.rgb.resize(stride * static_cast<std::size_t>(height));
    cv::parallel_for_({0, height}, [&](const cv::Range& rows) {
        std::vector<std::int32_t> sums(stride);
        for (auto y = static_cast<std::size_t>(rows.start); y < static_cast<std::size_t>(rows.end); ++y) {
            std::fill(sums.begin(), sums.end(), half);
            const std::uint8_t* in = picture.rgb.data() + static_cast<std::size_t>(filter.first[y]) * stride;
            const std::int32_t* weights = filter.weights.data() + y * static_cast<std::size_t>(filter.taps);
            for (int i = 0; i < filter.count[y]; ++i, in += stride) {
                const std::int32_t weight = weights[i];
                for (std::size_t x = 0; x < stride; ++x)
                    sums[x] += in[x] * weight;
            }
            std::transform(sums.begin(), sums.end(), result.rgb.data() + y * stride, rounded);
        }
    });
    return result;
}

void requireSize(Size size)
{
    if (size.width < 1 || size.height < 1)
        throw Error(ErrorCode::BadArgument, "picture size",
                    "expected at least 1x1, got " + std::to_string(size.width) + "x" + std::to_string(size.height));
}

} // namespace

Size targetSize(Size picture, const PreprocessOptions& options)
{
    requireSize(picture);
    validate(options);
    if (options.fixedSide > 0)
        return {options.fixedSide, options.fixedSide};

    const double width = picture.width;
    const double height = picture.height;
    const double smaller = std::min(width, height);
    const double larger = std::max(width, height);
    double shortSide = options.shortSide;
    if (larger / smaller * shortSide > options.longSide)
        shortSide = std::nearbyint(options.longSide * smaller / larger);
    if (shortSide == smaller)
        return picture;
    const Size size = width < height ? Size{static_cast<int>(shortSide), static_cast<int>(shortSide * height / width)}
                                     : Size{static_cast<int>(shortSide * width / height), static_cast<int>(shortSide)};
    return {std::max(size.width, 1), std::max(size.height, 1)};
}

Picture resizeBilinear(const Picture& picture, Size size)
{
    return resizePicture(picture, size, PixelFilter::Bilinear);
}

Picture resizePicture(const Picture& picture, Size size, PixelFilter filter)
{
    requireSize(picture.size);
    requireSize(size);
    const std::size_t expected =
        static_cast<std::size_t>(picture.size.width) * static_cast<std::size_t>(picture.size.height) * channels;
    if (picture.rgb.size() != expected)
        throw Error(ErrorCode::BadArgument, "picture",
                    "expected " + std::to_string(expected) + " bytes, got " + std::to_string(picture.rgb.size()));

    const bool sameWidth = size.width == picture.size.width;
    const bool sameHeight = size.height == picture.size.height;
    if (sameWidth)
        return sameHeight ? picture : resizeHeight(picture, size.height, filter);
    Picture narrowed = resizeWidth(picture, size.width, filter);
    return sameHeight ? narrowed : resizeHeight(narrowed, size.height, filter);
}

InputPlace inputPlace(Size picture, const PreprocessOptions& options)
{
    InputPlace place;
    place.resized = place.input = targetSize(picture, options);
    const auto refuse = [&picture](const std::string& what) {
        throw Error(ErrorCode::BadArgument, "picture size",
                    "expected " + what + ", got " + std::to_string(picture.width) + "x" +
                        std::to_string(picture.height));
    };
    if (options.cropSide > 0) {
        if (std::min(place.resized.width, place.resized.height) < options.cropSide)
            refuse("a picture that is less long and thin, to cut a square out of");
        // As Python rounds: halves to the even number.
        place.left = static_cast<int>(std::nearbyint((place.resized.width - options.cropSide) / 2.0));
        place.top = static_cast<int>(std::nearbyint((place.resized.height - options.cropSide) / 2.0));
        place.input = {options.cropSide, options.cropSide};
    }
    if (options.patch > 0) {
        place.input.width -= place.input.width % options.patch;
        place.input.height -= place.input.height % options.patch;
        if (std::min(place.input.width, place.input.height) < 1)
            refuse("a picture of at least one patch of " + std::to_string(options.patch) + " pixels after the resize");
    }
    return place;
}

namespace {

Picture cut(Picture picture, const InputPlace& place)
{
    if (place.input == place.resized)
        return picture;
    Picture part{place.input, {}};
    const std::size_t row = static_cast<std::size_t>(place.input.width) * channels;
    const std::size_t stride = static_cast<std::size_t>(place.resized.width) * channels;
    for (int y = 0; y < place.input.height; ++y) {
        const std::uint8_t* const from = picture.rgb.data() + static_cast<std::size_t>(place.top + y) * stride +
                                         static_cast<std::size_t>(place.left) * channels;
        part.rgb.insert(part.rgb.end(), from, from + row);
    }
    return part;
}

} // namespace

Picture modelPixels(const Picture& picture, const PreprocessOptions& options)
{
    const InputPlace place = inputPlace(picture.size, options);
    return cut(resizePicture(picture, place.resized, options.filter), place);
}

ModelInput preprocess(const Picture& picture, const PreprocessOptions& options)
{
    const auto [mean, deviation] = valuesOf(options.normalisation);
    const Picture seen = modelPixels(picture, options);
    const std::size_t pixels = seen.rgb.size() / channels;
    ModelInput input{picture.size, seen.size, std::vector<float>(seen.rgb.size()), {}};
    for (std::size_t channel = 0; channel < channels; ++channel) {
        std::array<float, 256> normalised{};
        for (std::size_t level = 0; level < normalised.size(); ++level)
            normalised[level] = (static_cast<float>(level) / 255.0F - mean[channel]) / deviation[channel];
        float* plane = input.values.data() + channel * pixels;
        for (std::size_t i = 0; i < pixels; ++i)
            plane[i] = normalised[seen.rgb[i * channels + channel]];
    }
    const auto shape = static_cast<std::uint64_t>(seen.size.width) << 32 | static_cast<std::uint64_t>(seen.size.height);
    input.key = contentKey(std::as_bytes(std::span(input.values)), shape);
    return input;
}

} // namespace ocellus
