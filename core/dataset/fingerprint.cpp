// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/fingerprint.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/base/error.h"
#include "core/image/preprocess.h"

namespace ocellus {

namespace {

constexpr int side = Fingerprint::side;
constexpr int waves = 8; ///< half waves each way, the constant among them
constexpr std::size_t evenWaves = Fingerprint::frequencies / 2;
constexpr std::size_t pixels = static_cast<std::size_t>(side) * side;
using Grey = std::array<float, pixels>;

/// cos(pi (x + 1/2) u / side)
const std::array<std::array<float, side>, waves>& cosines()
{
    static const auto table = [] {
        std::array<std::array<float, side>, waves> result{};
        for (int u = 0; u < waves; ++u)
            for (int x = 0; x < side; ++x)
                result[static_cast<std::size_t>(u)][static_cast<std::size_t>(x)] =
                    static_cast<float>(std::cos(std::numbers::pi * (x + 0.5) * u / side));
        return result;
    }();
    return table;
}

float wave(const std::array<std::uint8_t, pixels>& grey, std::size_t u, std::size_t v)
{
    float sum = 0;
    for (std::size_t y = 0; y < side; ++y) {
        float row = 0;
        for (std::size_t x = 0; x < side; ++x)
            row += cosines()[u][x] * static_cast<float>(grey[y * side + x]);
        sum += cosines()[v][y] * row;
    }
    return sum;
}

void addWaves(Fingerprint& result)
{
    std::size_t even = 0;
    std::size_t odd = evenWaves;
    double squares = 0;
    for (std::size_t v = 0; v < waves; ++v)
        for (std::size_t u = 0; u < waves; ++u) {
            const float value = u + v == 0 ? 0.0F : wave(result.grey, u, v);
            result.waves[u % 2 == 0 ? even++ : odd++] = value;
            squares += static_cast<double>(value) * value;
        }
    const double length = std::sqrt(squares);
    constexpr double least = 1; // of rounding alone
    for (float& value : result.waves)
        value = length < least ? 0.0F : static_cast<float>(value / length);
}

Grey floats(const Fingerprint& fingerprint, bool mirrored)
{
    Grey result{};
    for (std::size_t y = 0; y < side; ++y)
        for (std::size_t x = 0; x < side; ++x)
            result[y * side + x] = fingerprint.grey[y * side + (mirrored ? side - 1 - x : x)];
    return result;
}

/// The part of a square that is compared with all of another one, as shares of its side.
struct Part {
    std::array<double, 4> cut{}; ///< left, top, right, bottom

    double left() const { return cut[0]; }
    double top() const { return cut[1]; }
    double width() const { return 1 - cut[0] - cut[2]; }
    double height() const { return 1 - cut[1] - cut[3]; }
};

/// Between pixels' centres in a straight line.
struct Sampling {
    std::array<std::size_t, side> first{};
    std::array<float, side> share{};

    Sampling(double from, double extent)
    {
        for (int i = 0; i < side; ++i) {
            const double place = std::clamp((from + extent * (i + 0.5) / side) * side - 0.5, 0.0, side - 1.0);
            const double whole = std::min(std::floor(place), side - 2.0);
            first[static_cast<std::size_t>(i)] = static_cast<std::size_t>(whole);
            share[static_cast<std::size_t>(i)] = static_cast<float>(place - whole);
        }
    }
};

Grey sampled(const Grey& grey, const Part& part)
{
    const Sampling across(part.left(), part.width());
    const Sampling down(part.top(), part.height());
    Grey rows{};
    for (std::size_t y = 0; y < side; ++y)
        for (std::size_t x = 0; x < side; ++x) {
            const float* at = &grey[y * side + across.first[x]];
            rows[y * side + x] = at[0] + across.share[x] * (at[1] - at[0]);
        }
    Grey result{};
    for (std::size_t y = 0; y < side; ++y) {
        const float* above = &rows[down.first[y] * side];
        for (std::size_t x = 0; x < side; ++x)
            result[y * side + x] = above[x] + down.share[y] * (above[x + side] - above[x]);
    }
    return result;
}

double correlation(const Grey& a, const Grey& b)
{
    double sumA = 0, sumB = 0, squareA = 0, squareB = 0, product = 0;
    for (std::size_t i = 0; i < pixels; ++i) {
        sumA += a[i];
        sumB += b[i];
        squareA += static_cast<double>(a[i]) * a[i];
        squareB += static_cast<double>(b[i]) * b[i];
        product += static_cast<double>(a[i]) * b[i];
    }
    const double varianceA = squareA - sumA * sumA / pixels;
    const double varianceB = squareB - sumB * sumB / pixels;
    const double least = 1;
    return varianceA < least || varianceB < least ? 0
                                                  : (product - sumA * sumB / pixels) / std::sqrt(varianceA * varianceB);
}

/// The best part of `whole` for `part`, by steps that halve.
double bestCorrelation(const Grey& whole, const Grey& part)
{
    constexpr double mostCut = 0.08;
    Part best;
    double likeness = correlation(whole, part);
    for (double step = 0.04; step > 0.004; step /= 2) {
        bool better = true;
        while (better) {
            better = false;
            for (std::size_t edge = 0; edge < best.cut.size(); ++edge)
                for (const double change : {step, -step}) {
                    Part tried = best;
                    tried.cut[edge] = std::clamp(tried.cut[edge] + change, 0.0, mostCut);
                    const double found = tried.cut == best.cut ? -1 : correlation(sampled(whole, tried), part);
                    if (found > likeness) {
                        likeness = found;
                        best = tried;
                        better = true;
                    }
                }
        }
    }
    return likeness;
}

} // namespace

bool Fingerprint::isPlain() const
{
    return std::ranges::all_of(waves, [](float value) { return value == 0; });
}

Fingerprint fingerprintOf(const Picture& picture)
{
    if (picture.empty())
        throw Error(ErrorCode::BadArgument, "fingerprint", "expected a picture, got an empty one");
    const Picture small = resizeBilinear(picture, {side, side});
    Fingerprint result;
    for (std::size_t i = 0; i < pixels; ++i) {
        const std::uint8_t* rgb = &small.rgb[3 * i];
        result.grey[i] = static_cast<std::uint8_t>((299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2] + 500) / 1000);
    }
    addWaves(result);
    return result;
}

WaveLikeness waveLikeness(const Fingerprint& a, const Fingerprint& b)
{
    float even = 0;
    float odd = 0;
    for (std::size_t i = 0; i < evenWaves; ++i) {
        even += a.waves[i] * b.waves[i];
        odd += a.waves[i + evenWaves] * b.waves[i + evenWaves];
    }
    return {even + odd, even - odd};
}

double alignedLikeness(const Fingerprint& a, const Fingerprint& b, bool mirrored)
{
    const Grey one = floats(a, mirrored);
    const Grey other = floats(b, false);
    return std::max(bestCorrelation(one, other), bestCorrelation(other, one));
}

} // namespace ocellus
