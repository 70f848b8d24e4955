// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <numbers>

#include "tools/specimens/ring_design.h"

namespace ocellus {

/// x' = xx x + xy y + x0, y' = yx x + yy y + y0.
struct Affine {
    float xx = 1, xy = 0, x0 = 0;
    float yx = 0, yy = 1, y0 = 0;

    static Affine moved(float x, float y) { return {1, 0, x, 0, 1, y}; }
    static Affine scaled(float x, float y) { return {x, 0, 0, 0, y, 0}; }
    /// Clockwise as seen, for y points down.
    static Affine turned(double degrees)
    {
        const double angle = degrees * std::numbers::pi / 180;
        const auto cosine = static_cast<float>(std::cos(angle));
        const auto sine = static_cast<float>(std::sin(angle));
        return {cosine, -sine, 0, sine, cosine, 0};
    }

    WingPoint operator()(WingPoint p) const { return {xx * p.x + xy * p.y + x0, yx * p.x + yy * p.y + y0}; }
    /// Of a direction: without the shift.
    WingPoint direction(WingPoint p) const { return {xx * p.x + xy * p.y, yx * p.x + yy * p.y}; }

    /// First `inner`, then this.
    Affine operator*(const Affine& inner) const
    {
        const WingPoint origin = (*this)({inner.x0, inner.y0});
        return {xx * inner.xx + xy * inner.yx, xx * inner.xy + xy * inner.yy, origin.x,
                yx * inner.xx + yy * inner.yx, yx * inner.xy + yy * inner.yy, origin.y};
    }

    Affine inverse() const
    {
        const float factor = 1 / (xx * yy - xy * yx);
        Affine result{yy * factor, -xy * factor, 0, -yx * factor, xx * factor, 0};
        const WingPoint origin = result.direction({x0, y0});
        result.x0 = -origin.x;
        result.y0 = -origin.y;
        return result;
    }
};

} // namespace ocellus
