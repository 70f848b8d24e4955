// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/hash.h"
#include "core/edit/pixel_box.h"

namespace ocellus {

/// How much of each pixel of a picture an edit may change: 0 (not at all) to 255 (wholly). An immutable value that is
/// cheap to copy: copies share the pixels, and only those of the bounding box are kept.
class Mask {
public:
    /// No mask at all, which for brightness and contrast means the whole picture.
    Mask() = default;
    /// A mask of a picture, with nothing selected. Throws Error(BadArgument) for a side below 1.
    explicit Mask(Size picture);
    /// `alpha` has a value for each pixel of `box`, row by row; zero rows and columns at the edges are cut away.
    /// Throws Error(BadArgument) where the box reaches out of the picture or has another number of pixels.
    Mask(Size picture, const PixelBox& box, std::vector<std::uint8_t> alpha);
    /// Everything selected.
    static Mask whole(Size picture);

    /// True for Mask(): not even of a picture.
    bool isNone() const { return m_picture == Size{}; }
    /// True where no pixel is selected.
    bool empty() const { return m_box.empty(); }

    Size pictureSize() const { return m_picture; }
    /// The smallest box with every pixel above 0.
    const PixelBox& box() const { return m_box; }
    /// Of the box, row by row.
    std::span<const std::uint8_t> alpha() const;
    /// Of any pixel; 0 outside the box.
    std::uint8_t at(int x, int y) const { return m_box.contains(x, y) ? (*m_alpha)[m_box.indexOf(x, y)] : 0; }

    /// Copies the values of a box of the picture, which may reach beyond the mask's own.
    std::vector<std::uint8_t> alphaOf(const PixelBox& box) const;

    /// Of size, box and values.
    ContentKey key() const;

    bool operator==(const Mask& other) const;

private:
    Size m_picture;
    PixelBox m_box;
    std::shared_ptr<const std::vector<std::uint8_t>> m_alpha;
};

/// Throws Error(Mismatch) where two sizes that must agree do not; `what` names the first one.
void requireSize(const char* what, Size got, Size expected);

} // namespace ocellus
