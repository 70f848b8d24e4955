// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/pointing.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace ocellus {

namespace {

std::string text(Size size)
{
    return std::to_string(size.width) + "x" + std::to_string(size.height);
}

/// Calls `found` with the middle of each pixel of the mark.
template <class Found>
void forEachMarkPixel(const CellGeometry& geometry, const Mask& mask, Found found)
{
    if (mask.pictureSize() != geometry.pictureSize())
        throw Error(ErrorCode::Mismatch, "mask",
                    "expected the picture's size " + text(geometry.pictureSize()) + ", got " +
                        text(mask.pictureSize()));
    constexpr std::uint8_t half = 128;
    constexpr double pixelCentre = 0.5;
    const PixelBox& box = mask.box();
    for (int y = box.top; y < box.bottom(); ++y)
        for (int x = box.left; x < box.right(); ++x)
            if (mask.at(x, y) >= half)
                found(Point{x + pixelCentre, y + pixelCentre});
}

} // namespace

CellsNear::CellsNear(const CellGeometry& geometry)
    : m_geometry(geometry),
      m_near(static_cast<std::size_t>(geometry.rows()) * static_cast<std::size_t>(geometry.columns()))
{
    const Point first = geometry.centre({0, 0});
    const Point second = geometry.centre({1, 1});
    m_step = {second.x - first.x, second.y - first.y};
}

void CellsNear::add(Point point)
{
    if (!std::isfinite(point.x) || !std::isfinite(point.y))
        throw Error(ErrorCode::BadArgument, "point", "expected a place in the picture, got infinity or NaN");
    m_isEmpty = false;
    const Cell nearest = m_geometry.cellAt(point);
    const auto columns = static_cast<std::size_t>(m_geometry.columns());
    // A cell further from the nearest one than its neighbours is more than one cell from the point.
    for (int row = std::max(nearest.row - 1, 0); row <= std::min(nearest.row + 1, m_geometry.rows() - 1); ++row) {
        for (int column = std::max(nearest.column - 1, 0);
             column <= std::min(nearest.column + 1, m_geometry.columns() - 1); ++column) {
            const std::size_t cell = static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column);
            const Point centre = m_geometry.centre({row, column});
            const double distance = std::hypot((centre.x - point.x) / m_step.x, (centre.y - point.y) / m_step.y);
            if (distance > 1 || m_near[cell])
                continue;
            m_near[cell] = true;
            ++m_count;
        }
    }
}

void CellsNear::addCell(Cell cell)
{
    m_isEmpty = false;
    const std::size_t at = static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(m_geometry.columns()) +
                           static_cast<std::size_t>(cell.column);
    if (!m_near.at(at))
        ++m_count;
    m_near[at] = true;
}

bool CellsNear::containsMiddle() const
{
    const auto columns = static_cast<std::size_t>(m_geometry.columns());
    return m_near[static_cast<std::size_t>(m_geometry.rows()) / 2 * columns + columns / 2];
}

double CellsNear::share() const
{
    return m_near.empty() ? 0 : static_cast<double>(m_count) / static_cast<double>(m_near.size());
}

CellsNear cellsNearMark(const CellGeometry& geometry, const Mask& mask)
{
    CellsNear near(geometry);
    forEachMarkPixel(geometry, mask, [&near](Point point) { near.add(point); });
    return near;
}

CellsNear cellsOnMark(const CellGeometry& geometry, const Mask& mask)
{
    CellsNear on(geometry);
    forEachMarkPixel(geometry, mask, [&](Point point) {
        const Cell cell = geometry.cellAt(point);
        const Point centre = geometry.centre(cell);
        if (std::floor(centre.x) == std::floor(point.x) && std::floor(centre.y) == std::floor(point.y))
            on.addCell(cell);
    });
    return on;
}

std::vector<double> markCover(const CellGeometry& geometry, const Mask& mask)
{
    const Point first = geometry.centre({0, 0});
    const Point second = geometry.centre({1, 1});
    const double columnStep = second.x - first.x;
    const double rowStep = second.y - first.y;
    const double pixel = 1 / (columnStep * rowStep);
    std::vector<double> cover(static_cast<std::size_t>(geometry.rows()) * static_cast<std::size_t>(geometry.columns()));
    forEachMarkPixel(geometry, mask, [&](Point point) {
        const Cell cell = geometry.cellAt(point);
        const Point centre = geometry.centre(cell);
        if (std::abs(point.x - centre.x) > columnStep / 2 || std::abs(point.y - centre.y) > rowStep / 2)
            return;
        double& share = cover[static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(geometry.columns()) +
                              static_cast<std::size_t>(cell.column)];
        share = std::min(share + pixel, 1.0);
    });
    return cover;
}

std::size_t peakCell(std::span<const float> map)
{
    if (map.empty())
        throw Error(ErrorCode::BadArgument, "map", "expected cells, got none");
    return static_cast<std::size_t>(std::ranges::max_element(map) - map.begin());
}

void PointingTally::add(const CellsNear& near, std::span<const std::size_t> peaks, std::mt19937_64& generator)
{
    const auto isNear = [&near](std::size_t cell) { return near.contains(cell); };
    ++n;
    hits += std::ranges::any_of(peaks, isNear);
    centralHits += near.containsMiddle();
    expectedHits += 1 - std::pow(1 - near.share(), static_cast<double>(peaks.size()));
    // A permuted map's peak lies on every cell equally often, so one draw stands for its permutation.
    std::vector<std::size_t> drawn(peaks.size());
    std::ranges::generate(drawn, [&] { return static_cast<std::size_t>(generator() % near.cells()); });
    shuffledHits += std::ranges::any_of(drawn, isNear);
}

std::string_view toString(Placement placement)
{
    return placement == Placement::Receptive ? "true" : "published";
}

} // namespace ocellus
