// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/rise_masks.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr int largestGrid = 64;

void requireUsable(Size size, const RiseRecipe& recipe)
{
    if (size.width < 1 || size.height < 1)
        throw Error(ErrorCode::BadArgument, "masks", "expected a picture with pixels");
    if (recipe.grid < 2 || recipe.grid > largestGrid)
        throw Error(ErrorCode::BadArgument, "grid",
                    "expected 2 to " + std::to_string(largestGrid) + " cells a side, got " +
                        std::to_string(recipe.grid));
    if (!(recipe.p1 > 0 && recipe.p1 < 1))
        throw Error(ErrorCode::BadArgument, "p1",
                    "expected a share above 0 and below 1, got " + std::to_string(recipe.p1));
}

/// An index beyond the outermost cell is as far inside of it.
int mirrored(std::int64_t index, int cells)
{
    const std::int64_t inside = std::abs(index);
    return static_cast<int>(std::max<std::int64_t>(inside >= cells ? 2 * (cells - 1) - inside : inside, 0));
}

} // namespace

RiseMasks::RiseMasks(Size size, const RiseRecipe& recipe)
    : m_size(size),
      m_recipe(recipe),
      m_draws("rise/" + std::to_string(recipe.seed))
{
    requireUsable(size, recipe);
}

double RiseMasks::draw(std::uint64_t index, int place) const
{
    const auto perMask = static_cast<std::uint64_t>(m_recipe.grid * m_recipe.grid + 2);
    return m_draws.at(index * perMask + static_cast<std::uint64_t>(place));
}

int RiseMasks::cellSide(int side) const
{
    return (side + m_recipe.grid - 1) / m_recipe.grid;
}

std::int64_t RiseMasks::unit(int side) const
{
    return std::int64_t{2} * (m_recipe.grid + 1) * cellSide(side);
}

std::vector<std::uint8_t> RiseMasks::cells(std::uint64_t index) const
{
    std::vector<std::uint8_t> on(static_cast<std::size_t>(m_recipe.grid * m_recipe.grid));
    for (std::size_t i = 0; i < on.size(); ++i)
        on[i] = draw(index, static_cast<int>(i)) < m_recipe.p1;
    return on;
}

Cell RiseMasks::shift(std::uint64_t index) const
{
    const int first = m_recipe.grid * m_recipe.grid;
    return {static_cast<int>(draw(index, first) * cellSide(m_size.height)),
            static_cast<int>(draw(index, first + 1) * cellSide(m_size.width))};
}

std::vector<RiseMasks::Between> RiseMasks::axis(int side, int shift) const
{
    const std::int64_t whole = unit(side);
    std::vector<Between> places;
    places.reserve(static_cast<std::size_t>(side));
    for (int pixel = 0; pixel < side; ++pixel) {
        const std::int64_t place = (2 * std::int64_t{pixel + shift} + 1) * m_recipe.grid - whole / 2;
        const std::int64_t low = place >= 0 ? place / whole : -1; // it is above -whole
        const std::int64_t rest = place - low * whole;
        places.push_back({mirrored(low, m_recipe.grid), mirrored(low + 1, m_recipe.grid), whole - rest, rest});
    }
    return places;
}

std::vector<double> RiseMasks::likeness(int side, int bands) const
{
    const auto rows = static_cast<std::size_t>(side), columns = static_cast<std::size_t>(bands);
    const auto grid = static_cast<std::size_t>(m_recipe.grid);
    const auto whole = static_cast<double>(unit(side));
    const int shifts = cellSide(side);
    std::vector<double> all(rows * columns);
    for (int shift = 0; shift < shifts; ++shift) {
        const std::vector<Between> places = axis(side, shift);
        std::vector<double> ofBand(columns * grid); // mean weight of each cell in the band
        std::vector<double> pixels(columns);
        for (std::size_t pixel = 0; pixel < rows; ++pixel) {
            const std::size_t band = pixel * columns / rows;
            ++pixels[band];
            ofBand[band * grid + static_cast<std::size_t>(places[pixel].first)] +=
                static_cast<double>(places[pixel].firstWeight) / whole;
            ofBand[band * grid + static_cast<std::size_t>(places[pixel].second)] +=
                static_cast<double>(places[pixel].secondWeight) / whole;
        }
        for (std::size_t pixel = 0; pixel < rows; ++pixel)
            for (std::size_t band = 0; band < columns; ++band) {
                const Between& place = places[pixel];
                const double* const weights = ofBand.data() + band * grid;
                all[pixel * columns + band] += (static_cast<double>(place.firstWeight) * weights[place.first] +
                                                static_cast<double>(place.secondWeight) * weights[place.second]) /
                                               (whole * pixels[band] * shifts);
            }
    }
    return all;
}

std::vector<float> RiseMasks::mask(std::uint64_t index) const
{
    const std::vector<std::uint8_t> on = cells(index);
    const Cell cut = shift(index);
    const std::vector<Between> columns = axis(m_size.width, cut.column);
    const auto grid = static_cast<std::size_t>(m_recipe.grid);
    const auto whole = static_cast<double>(unit(m_size.height) * unit(m_size.width));
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(m_size.width) * static_cast<std::size_t>(m_size.height));
    std::vector<std::int64_t> line(grid);
    for (const Between& row : axis(m_size.height, cut.row)) {
        for (std::size_t column = 0; column < grid; ++column)
            line[column] = row.firstWeight * on[static_cast<std::size_t>(row.first) * grid + column] +
                           row.secondWeight * on[static_cast<std::size_t>(row.second) * grid + column];
        for (const Between& place : columns) {
            const std::int64_t sum = place.firstWeight * line[static_cast<std::size_t>(place.first)] +
                                     place.secondWeight * line[static_cast<std::size_t>(place.second)];
            values.push_back(static_cast<float>(static_cast<double>(sum) / whole));
        }
    }
    return values;
}

} // namespace ocellus
