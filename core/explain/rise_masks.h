// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/named_draws.h"
#include "core/image/geometry.h"
#include "core/image/picture.h"

namespace ocellus {

/// How RISE's masks are drawn.
struct RiseRecipe {
    int grid = 7;    ///< cells a side, from 2
    double p1 = 0.5; ///< share of cells that are on, above 0 and below 1
    std::uint64_t seed = 0;

    bool operator==(const RiseRecipe&) const = default;
};

/// The endless sequence of RISE's masks of one seed (Petsiuk et al. 2018, arXiv 1806.07421); any of them can be made
/// alone, the same bits on every machine.
///
/// A grid of cells that are on or off is stretched bilinearly to (grid + 1) * ceil(side / grid) pixels a side, its
/// border mirrored about the outermost cells' centres as in the authors' code, and a window of the picture's size is
/// cut at a random shift. All in integers, with one division at the end.
class RiseMasks {
public:
    /// Throws Error(BadArgument) for a recipe outside its ranges or a size below 1.
    RiseMasks(Size size, const RiseRecipe& recipe);

    /// [height, width], each in [0, 1].
    std::vector<float> mask(std::uint64_t index) const;

    /// Whether each cell is on, [grid, grid].
    std::vector<std::uint8_t> cells(std::uint64_t index) const;

    /// How a pixel of a side goes with each of `bands` equal parts of that side, over all shifts: [side, bands]. The
    /// covariance of two pixels' values is p1 (1 - p1) times the product over both sides, exactly.
    std::vector<double> likeness(int side, int bands) const;

    /// How far down (row) and to the right (column) the window is cut, pixels.
    Cell shift(std::uint64_t index) const;

private:
    /// The two cells that a pixel lies between, with integer weights that sum to the axis' unit.
    struct Between {
        int first, second;
        std::int64_t firstWeight, secondWeight;
    };

    double draw(std::uint64_t index, int place) const;
    int cellSide(int side) const;
    std::int64_t unit(int side) const;
    std::vector<Between> axis(int side, int shift) const;

    Size m_size;
    RiseRecipe m_recipe;
    NamedDraws m_draws;
};

} // namespace ocellus
