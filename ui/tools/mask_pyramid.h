// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include <QRect>

#include "core/edit/mask.h"
#include "ui/figures/picture_transform.h"

namespace ocellus {

/// A mask at 1, 1/2, 1/4, ... of its size as far as needed yet, so that a view of any zoom samples it fast and without
/// losing thin strokes.
class MaskPyramid {
public:
    MaskPyramid() = default;
    explicit MaskPyramid(const Mask& mask) : m_mask(mask) {}

    /// The values that the pixels of `visible` show, row by row; `transform` is in device pixels.
    std::vector<std::uint8_t> sampled(const QRect& visible, const PictureTransform& transform);

private:
    /// Means of squares of pixels; `box` counts in such squares.
    struct Level {
        PixelBox box;
        std::vector<std::uint8_t> values;
    };

    const Level& level(std::size_t halvings);

    Mask m_mask;
    std::vector<Level> m_levels;
};

} // namespace ocellus
