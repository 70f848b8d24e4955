// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// One side of a sample inside an area whose neighbour there is outside, walked with the area on the right.
struct OutlineSide {
    int x = 0; ///< of the inner sample
    int y = 0;
    int direction = 0; ///< of the walk: 0 right (top side), 1 down (right side), 2 left (bottom), 3 up (left)

    int outerX() const; ///< of the neighbour outside, which need not exist
    int outerY() const;
};

using Outline = std::vector<OutlineSide>; ///< closed

/// Follows the outlines of an area made of samples. Samples that touch at a corner only are apart.
class OutlineTracer {
public:
    /// `inside` has a value for each sample, row by row.
    OutlineTracer(int width, int height, std::vector<bool> inside);

    /// Every outline once, outer ones clockwise on the screen, holes against it, in the order of their first samples
    /// row by row.
    std::vector<Outline> outlines() const;

    bool inside(int x, int y) const;

private:
    bool isSide(const OutlineSide& side) const;
    std::size_t indexOf(const OutlineSide& side) const;
    OutlineSide next(const OutlineSide& side) const;

    int m_width;
    int m_height;
    std::vector<bool> m_inside;
};

/// The corners of the samples that the outline turns at: sample (x, y) covers [x, x + 1) x [y, y + 1).
std::vector<Point> cornersOf(const Outline& outline);

} // namespace ocellus
