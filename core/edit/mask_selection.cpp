// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask_selection.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/edit/colour_space.h"
#include "core/edit/picture_pixels.h"

namespace ocellus {

namespace {

constexpr std::uint8_t unseen = 1;               // neither selected (255) nor refused (0)
constexpr std::size_t pixelsBetweenLooks = 4096; // at the request to stop

/// Grows a selection over neighbours of like colour.
class Wand {
public:
    Wand(const Picture& picture, int x, int y, double tolerance, const Progress& progress)
        : m_picture(picture),
          m_box(wholeBox(picture.size)),
          m_seed(cieLab(pixelOf(picture, x, y))),
          m_tolerance(tolerance),
          m_alpha(m_box.area(), unseen),
          m_isAlike(std::size_t{1} << 24, unseen)
    {
        visit(x, y);
        // A list of our own: recursion over millions of pixels would break the stack.
        for (std::size_t count = 0; !m_open.empty(); ++count) {
            if (count % pixelsBetweenLooks == 0)
                progress.throwIfStopped();
            const auto [column, row] = m_open.back();
            m_open.pop_back();
            visit(column - 1, row);
            visit(column + 1, row);
            visit(column, row - 1);
            visit(column, row + 1);
        }
        std::replace(m_alpha.begin(), m_alpha.end(), unseen, std::uint8_t{0});
    }

    Mask mask() && { return {m_picture.size, m_box, std::move(m_alpha)}; }

private:
    void visit(int x, int y)
    {
        if (!m_box.contains(x, y))
            return;
        std::uint8_t& value = m_alpha[m_box.indexOf(x, y)];
        if (value != unseen)
            return;
        value = verdictOn(pixelOf(m_picture, x, y));
        if (value == 255)
            m_open.emplace_back(x, y);
    }

    /// Photographs have far fewer colours than pixels: each is compared once.
    std::uint8_t verdictOn(const Rgb& colour)
    {
        std::uint8_t& verdict = m_isAlike[static_cast<std::size_t>(colour.red << 16 | colour.green << 8 | colour.blue)];
        if (verdict == unseen)
            verdict = colourDistance(cieLab(colour), m_seed) <= m_tolerance ? 255 : 0;
        return verdict;
    }

    const Picture& m_picture;
    PixelBox m_box;
    CieLab m_seed;
    double m_tolerance;
    std::vector<std::uint8_t> m_alpha;
    std::vector<std::uint8_t> m_isAlike; // by colour, as m_alpha
    std::vector<std::pair<int, int>> m_open;
};

} // namespace

Mask wandMask(const Picture& picture, Point point, double tolerance, const Progress& progress)
{
    const bool isInside = point.x >= 0 && point.x < picture.size.width && point.y >= 0 && point.y < picture.size.height;
    if (!isInside || !(tolerance >= 0))
        throw Error(ErrorCode::BadArgument, "magic wand",
                    "expected a point within the picture and a tolerance of at least 0, got " +
                        std::to_string(point.x) + ", " + std::to_string(point.y) + " and " + std::to_string(tolerance));
    return Wand(picture, static_cast<int>(point.x), static_cast<int>(point.y), tolerance, progress).mask();
}

Mask thresholdMask(std::span<const float> map, const CellGeometry& geometry, float threshold)
{
    const auto columns = static_cast<std::size_t>(geometry.columns());
    if (map.empty() || map.size() != static_cast<std::size_t>(geometry.rows()) * columns)
        throw Error(ErrorCode::Mismatch, "map",
                    "expected " + std::to_string(geometry.rows()) + " x " + std::to_string(geometry.columns()) +
                        " values, got " + std::to_string(map.size()));
    const PixelBox box = wholeBox(geometry.pictureSize());
    std::vector<std::size_t> columnOf(static_cast<std::size_t>(box.width));
    for (int x = 0; x < box.width; ++x)
        columnOf[static_cast<std::size_t>(x)] = static_cast<std::size_t>(geometry.cellAt({x + 0.5, 0}).column);

    std::vector<std::uint8_t> alpha;
    alpha.reserve(box.area());
    for (int y = 0; y < box.height; ++y) {
        const auto row = map.subspan(static_cast<std::size_t>(geometry.cellAt({0, y + 0.5}).row) * columns, columns);
        for (int x = 0; x < box.width; ++x) {
            const bool isIn = row[columnOf[static_cast<std::size_t>(x)]] >= threshold;
            alpha.push_back(isIn && geometry.sees({x + 0.5, y + 0.5}) ? 255 : 0);
        }
    }
    return {geometry.pictureSize(), box, std::move(alpha)};
}

float thresholdForShare(std::span<const float> map, double share)
{
    const bool isValid = std::all_of(map.begin(), map.end(), [](float v) { return std::isfinite(v) && v >= 0; });
    if (map.empty() || !isValid || !(share >= 0 && share <= 1))
        throw Error(ErrorCode::BadArgument, "map",
                    "expected values of at least 0 and a share from 0 to 1, got " + std::to_string(map.size()) +
                        " values and " + std::to_string(share));
    std::vector<float> sorted(map.begin(), map.end());
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    const double wanted = share * std::accumulate(sorted.begin(), sorted.end(), 0.0);
    double sum = 0;
    for (const float value : sorted) {
        sum += value;
        if (sum >= wanted)
            return value;
    }
    return sorted.back();
}

} // namespace ocellus
