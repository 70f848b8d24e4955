// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/part_hits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "core/base/error.h"
#include "core/base/named_draws.h"

namespace ocellus {

namespace {

/// Four neighbours of a pixel along one axis, the outermost repeated, and their weights (Keys 1981, a = -0.75).
struct CubicTap {
    std::array<std::size_t, 4> cells;
    std::array<double, 4> weights;
};

double cubicWeight(double distance)
{
    constexpr double a = -0.75;
    const double x = std::abs(distance);
    if (x <= 1)
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

std::vector<CubicTap> cubicTaps(int cells, int pixels)
{
    std::vector<CubicTap> taps;
    for (int pixel = 0; pixel < pixels; ++pixel) {
        const double place = (pixel + 0.5) * cells / pixels - 0.5;
        const int first = static_cast<int>(std::floor(place)) - 1;
        CubicTap& tap = taps.emplace_back();
        for (int k = 0; k < 4; ++k) {
            tap.cells[static_cast<std::size_t>(k)] = static_cast<std::size_t>(std::clamp(first + k, 0, cells - 1));
            tap.weights[static_cast<std::size_t>(k)] = cubicWeight(place - (first + k));
        }
    }
    return taps;
}

struct Peak {
    int x = 0, y = 0;
};

Peak peakOfStretched(std::span<const float> map, int rows, int columns, Size picture)
{
    const std::vector<CubicTap> across = cubicTaps(columns, picture.width);
    Peak peak;
    double highest = -HUGE_VAL;
    std::vector<double> line(static_cast<std::size_t>(columns));
    int y = 0;
    for (const CubicTap& down : cubicTaps(rows, picture.height)) {
        for (std::size_t column = 0; column < line.size(); ++column) {
            line[column] = 0;
            for (std::size_t k = 0; k < 4; ++k)
                line[column] += down.weights[k] * static_cast<double>(map[down.cells[k] * line.size() + column]);
        }
        int x = 0;
        for (const CubicTap& tap : across) {
            double value = 0;
            for (std::size_t k = 0; k < 4; ++k)
                value += tap.weights[k] * line[tap.cells[k]];
            if (value > highest) {
                highest = value;
                peak = {x, y};
            }
            ++x;
        }
        ++y;
    }
    return peak;
}

void requireSameShape(const std::vector<PartHits>& a, const std::vector<PartHits>& b)
{
    const bool same = a.size() == b.size() && std::ranges::equal(a, b, [&](const PartHits& x, const PartHits& y) {
                          return x.size() == y.size() && x.size() == a.front().size();
                      });
    if (!same)
        throw Error(ErrorCode::Mismatch, "parts", "expected the same pictures and parts twice");
}

} // namespace

PartHits partHits(std::span<const float> map, int rows, int columns, std::span<const PartPlace> parts, Size picture,
                  double half)
{
    if (rows < 1 || columns < 1 || picture.width < 1 || picture.height < 1 ||
        map.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns))
        throw Error(ErrorCode::Mismatch, "map", "expected a map that fills its grid");
    const Peak peak = peakOfStretched(map, rows, columns, picture);
    const auto within = [half](int place, int centre, int side) {
        return std::abs(place - centre) <= static_cast<int>(half * side + 0.5);
    };
    PartHits hits;
    for (const PartPlace& part : parts)
        hits.push_back(part.visible && within(part.x, peak.x, picture.width) && within(part.y, peak.y, picture.height));
    return hits;
}

PartConsistency partConsistency(const std::vector<PartHits>& hits, const std::vector<PartHits>& visible, int leastSeen)
{
    requireSameShape(hits, visible);
    PartConsistency best;
    const std::size_t parts = hits.empty() ? 0 : hits.front().size();
    for (std::size_t part = 0; part < parts; ++part) {
        int seen = 0;
        int hit = 0;
        for (std::size_t picture = 0; picture < hits.size(); ++picture) {
            seen += visible[picture][part] != 0 ? 1 : 0;
            hit += hits[picture][part] != 0 ? 1 : 0;
        }
        const double share = static_cast<double>(hit) / std::max(seen, 1);
        if (seen >= leastSeen && (best.part < 0 || share > best.share))
            best = {share, static_cast<int>(part), seen};
    }
    return best;
}

double partStability(const std::vector<PartHits>& hits, const std::vector<PartHits>& noisy)
{
    requireSameShape(hits, noisy);
    if (hits.empty())
        return 1;
    int same = 0;
    for (std::size_t picture = 0; picture < hits.size(); ++picture)
        same += hits[picture] == noisy[picture] ? 1 : 0;
    return static_cast<double>(same) / static_cast<double>(hits.size());
}

std::vector<float> stabilityNoise(Size size, std::uint64_t seed, double sigma, double bound)
{
    constexpr std::uint64_t summed = 12; // their sum has the variance 1
    const NamedDraws draws("noise/" + std::to_string(seed));
    std::vector<float> noise(3 * static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    for (std::size_t i = 0; i < noise.size(); ++i) {
        double sum = 0;
        for (std::uint64_t k = 0; k < summed; ++k)
            sum += draws.at(i * summed + k);
        noise[i] = static_cast<float>(std::clamp(sigma * (sum - 6), -bound, bound));
    }
    return noise;
}

} // namespace ocellus
