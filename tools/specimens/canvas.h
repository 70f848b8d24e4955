// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "tools/specimens/colour.h"
#include "tools/specimens/ring_design.h"

namespace ocellus {

/// The butterfly without its background, drawn at twice the picture's size: colours multiplied with their opacity,
/// and how much of each pixel shows a mark.
class Canvas {
public:
    struct Pixel {
        Colour colour; ///< times alpha
        float alpha = 0;
    };

    explicit Canvas(int side);

    int side() const { return m_side; }
    const std::vector<Pixel>& pixels() const { return m_pixels; } ///< row by row
    const std::vector<float>& marks() const { return m_marks; }   ///< 0 to 1, row by row

    /// Lays a colour over the pixel; `mark` is how much of it belongs to a mark.
    void blend(int x, int y, const Colour& colour, float alpha, float mark = 0)
    {
        const std::size_t at =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(m_side) + static_cast<std::size_t>(x);
        Pixel& pixel = m_pixels[at];
        pixel.colour = pixel.colour * (1 - alpha) + colour * alpha;
        pixel.alpha = pixel.alpha * (1 - alpha) + alpha;
        m_marks[at] = m_marks[at] * (1 - alpha) + mark * alpha;
    }

    /// A round-ended line whose radius changes from one end to the other, antialiased; all in pixels.
    void stroke(WingPoint from, WingPoint to, float radiusFrom, float radiusTo, const Colour& colour, float alpha = 1);

private:
    int m_side;
    std::vector<Pixel> m_pixels;
    std::vector<float> m_marks;
};

/// Pixel columns or rows from `low` to `high`, widened by `margin`, within 0 and `side`.
struct PixelRange {
    int begin = 0, end = 0;

    PixelRange(float low, float high, float margin, int side);
};

} // namespace ocellus
