// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/substrate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::array substrates{Substrate::Zero, Substrate::Mean, Substrate::Blur, Substrate::Inpainting};
constexpr std::size_t planes = 3;

std::size_t pixelsOf(Size size)
{
    return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

void requireInput(std::span<const float> input, Size size)
{
    if (size.width < 1 || size.height < 1 || input.size() != planes * pixelsOf(size))
        throw Error(ErrorCode::Mismatch, "input",
                    "expected 3 planes of " + std::to_string(size.width) + "x" + std::to_string(size.height) +
                        " pixels, got " + std::to_string(input.size()) + " values");
}

/// One line of the kernel, which is the outer product of it with itself.
std::vector<double> kernelLine(int size, double sigma)
{
    const int reach = static_cast<int>(4 * sigma + 0.5);
    std::vector<double> weights;
    for (int t = -reach; t <= reach; ++t)
        weights.push_back(std::exp(-0.5 * (t / sigma) * (t / sigma)));
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> line(static_cast<std::size_t>(size));
    for (int t = -reach; t <= reach; ++t) {
        const int period = 2 * size;
        const int place = ((size / 2 + t) % period + period) % period;
        line[static_cast<std::size_t>(std::min(place, period - 1 - place))] +=
            weights[static_cast<std::size_t>(t + reach)] / sum;
    }
    return line;
}

/// Convolves along one axis: `stride` values from one to the next of `count`, which repeats `lines` times.
void blurLine(const float* from, float* to, int count, std::size_t stride, const std::vector<double>& line)
{
    const int reach = static_cast<int>(line.size()) / 2;
    for (int i = 0; i < count; ++i) {
        double sum = 0;
        for (int k = std::max(-reach, -i); k <= std::min(reach, count - 1 - i); ++k)
            sum += line[static_cast<std::size_t>(k + reach)] *
                   static_cast<double>(from[static_cast<std::size_t>(i + k) * stride]);
        to[static_cast<std::size_t>(i) * stride] = static_cast<float>(sum);
    }
}

std::vector<float> meanColour(std::span<const float> input, Size size)
{
    const std::size_t pixels = pixelsOf(size);
    std::vector<float> filled(input.size());
    for (std::size_t plane = 0; plane < planes; ++plane) {
        const std::span<const float> values = input.subspan(plane * pixels, pixels);
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(pixels);
        std::fill_n(filled.begin() + static_cast<std::ptrdiff_t>(plane * pixels), pixels, static_cast<float>(mean));
    }
    return filled;
}

/// A plane at one scale: values where the weight is above 0.
struct Level {
    Size size;
    std::vector<float> values, weights;
};

std::size_t at(Size size, int x, int y)
{
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x);
}

Level halved(const Level& level)
{
    Level coarse{{(level.size.width + 1) / 2, (level.size.height + 1) / 2}, {}, {}};
    for (int y = 0; y < coarse.size.height; ++y)
        for (int x = 0; x < coarse.size.width; ++x) {
            float sum = 0;
            float weight = 0;
            for (int dy = 0; dy < 2 && 2 * y + dy < level.size.height; ++dy)
                for (int dx = 0; dx < 2 && 2 * x + dx < level.size.width; ++dx) {
                    const std::size_t i = at(level.size, 2 * x + dx, 2 * y + dy);
                    sum += level.weights[i] * level.values[i];
                    weight += level.weights[i];
                }
            coarse.values.push_back(weight > 0 ? sum / weight : 0);
            coarse.weights.push_back(std::min(weight, 1.0F));
        }
    return coarse;
}

void fillFrom(Level& level, const Level& coarse)
{
    for (int y = 0; y < level.size.height; ++y)
        for (int x = 0; x < level.size.width; ++x) {
            const std::size_t i = at(level.size, x, y);
            level.values[i] = level.weights[i] * level.values[i] +
                              (1 - level.weights[i]) * coarse.values[at(coarse.size, x / 2, y / 2)];
            level.weights[i] = 1;
        }
}

std::vector<float> filledPlane(Level level)
{
    std::vector<Level> pyramid{std::move(level)};
    while (pyramid.back().size.width > 1 || pyramid.back().size.height > 1)
        pyramid.push_back(halved(pyramid.back()));
    for (std::size_t i = pyramid.size() - 1; i > 0; --i)
        fillFrom(pyramid[i - 1], pyramid[i]);
    return std::move(pyramid.front().values);
}

} // namespace

std::string_view toString(Substrate substrate)
{
    switch (substrate) {
    case Substrate::Zero: return "zero";
    case Substrate::Mean: return "mean";
    case Substrate::Blur: return "blur";
    case Substrate::Inpainting: return "inpainting";
    }
    return "unknown";
}

Substrate substrateOf(std::string_view name)
{
    for (const Substrate substrate : substrates)
        if (toString(substrate) == name)
            return substrate;
    throw Error(ErrorCode::BadArgument, "substrate",
                "expected one of zero, mean, blur, inpainting, got " + std::string(name));
}

std::vector<float> riseBlurKernel(int size, double sigma)
{
    const std::vector<double> line = kernelLine(size, sigma);
    std::vector<float> kernel;
    for (const double row : line)
        for (const double column : line)
            kernel.push_back(static_cast<float>(row * column));
    return kernel;
}

std::vector<float> riseBlurred(std::span<const float> input, Size size, int kernel, double sigma)
{
    requireInput(input, size);
    const std::vector<double> line = kernelLine(kernel, sigma);
    const std::size_t pixels = pixelsOf(size);
    const auto width = static_cast<std::size_t>(size.width);
    std::vector<float> across(input.size());
    std::vector<float> both(input.size());
    for (std::size_t row = 0; row < planes * static_cast<std::size_t>(size.height); ++row)
        blurLine(input.data() + row * width, across.data() + row * width, size.width, 1, line);
    for (std::size_t plane = 0; plane < planes; ++plane)
        for (std::size_t x = 0; x < width; ++x)
            blurLine(across.data() + plane * pixels + x, both.data() + plane * pixels + x, size.height, width, line);
    return both;
}

std::vector<float> spreadInto(std::span<const float> input, std::span<const unsigned char> missing, Size size)
{
    requireInput(input, size);
    const std::size_t pixels = pixelsOf(size);
    if (missing.size() != pixels)
        throw Error(ErrorCode::Mismatch, "missing pixels",
                    "expected " + std::to_string(pixels) + ", got " + std::to_string(missing.size()));
    if (std::ranges::find(missing, static_cast<unsigned char>(0)) == missing.end())
        return meanColour(input, size);
    std::vector<float> filled;
    filled.reserve(input.size());
    for (std::size_t plane = 0; plane < planes; ++plane) {
        const std::span<const float> values = input.subspan(plane * pixels, pixels);
        Level level{size, {values.begin(), values.end()}, std::vector<float>(pixels)};
        std::ranges::transform(missing, level.weights.begin(), [](unsigned char m) { return m == 0 ? 1.0F : 0.0F; });
        const std::vector<float> plain = filledPlane(std::move(level));
        filled.insert(filled.end(), plain.begin(), plain.end());
    }
    return filled;
}

std::vector<float> substrateOfWhole(Substrate substrate, std::span<const float> input, Size size)
{
    requireInput(input, size);
    switch (substrate) {
    case Substrate::Zero: return std::vector<float>(input.size());
    case Substrate::Blur: return riseBlurred(input, size);
    case Substrate::Mean:
    case Substrate::Inpainting: break;
    }
    return meanColour(input, size);
}

} // namespace ocellus
