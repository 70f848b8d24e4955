// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

std::string named(Size size)
{
    return std::to_string(size.width) + "x" + std::to_string(size.height);
}

bool anySelected(std::span<const std::uint8_t> values)
{
    return std::any_of(values.begin(), values.end(), [](std::uint8_t value) { return value != 0; });
}

/// The smallest box within `box` that holds all values above 0.
PixelBox tightBox(const PixelBox& box, const std::vector<std::uint8_t>& alpha)
{
    const auto width = static_cast<std::size_t>(box.width);
    int top = 0, bottom = box.height;
    const auto row = [&](int y) { return std::span(alpha).subspan(static_cast<std::size_t>(y) * width, width); };
    while (top < bottom && !anySelected(row(top)))
        ++top;
    while (bottom > top && !anySelected(row(bottom - 1)))
        --bottom;
    int left = box.width, right = 0;
    for (int y = top; y < bottom; ++y) {
        const auto values = row(y);
        for (int x = 0; x < left; ++x)
            if (values[static_cast<std::size_t>(x)])
                left = x;
        for (int x = box.width; x > right; --x)
            if (values[static_cast<std::size_t>(x - 1)])
                right = x;
    }
    if (right <= left)
        return {};
    return {box.left + left, box.top + top, right - left, bottom - top};
}

/// The values of `to` out of those of `from`; 0 where `from` has none.
std::vector<std::uint8_t> reboxed(const std::vector<std::uint8_t>& alpha, const PixelBox& from, const PixelBox& to)
{
    std::vector<std::uint8_t> values(to.area());
    const PixelBox shared = intersected(from, to);
    for (int y = shared.top; y < shared.bottom(); ++y)
        std::copy_n(alpha.begin() + static_cast<std::ptrdiff_t>(from.indexOf(shared.left, y)), shared.width,
                    values.begin() + static_cast<std::ptrdiff_t>(to.indexOf(shared.left, y)));
    return values;
}

} // namespace

Mask::Mask(Size picture) : m_picture(picture)
{
    if (picture.width < 1 || picture.height < 1)
        throw Error(ErrorCode::BadArgument, "mask", "expected a picture of at least 1x1, got " + named(picture));
}

Mask::Mask(Size picture, const PixelBox& box, std::vector<std::uint8_t> alpha) : Mask(picture)
{
    if (alpha.size() != box.area() || (!box.empty() && intersected(box, wholeBox(picture)) != box))
        throw Error(ErrorCode::BadArgument, "mask",
                    "expected " + std::to_string(box.area()) + " values of a box within " + named(picture) + ", got " +
                        std::to_string(alpha.size()) + " of " + named({box.width, box.height}) + " at " +
                        std::to_string(box.left) + ", " + std::to_string(box.top));
    if (box.empty())
        return;
    m_box = tightBox(box, alpha);
    if (m_box.empty())
        return;
    if (m_box != box)
        alpha = reboxed(alpha, box, m_box);
    m_alpha = std::make_shared<const std::vector<std::uint8_t>>(std::move(alpha));
}

Mask Mask::whole(Size picture)
{
    const PixelBox box = wholeBox(picture);
    return {picture, box, std::vector<std::uint8_t>(box.area(), 255)};
}

std::span<const std::uint8_t> Mask::alpha() const
{
    if (!m_alpha)
        return {};
    return *m_alpha;
}

std::vector<std::uint8_t> Mask::alphaOf(const PixelBox& box) const
{
    if (!m_alpha)
        return std::vector<std::uint8_t>(box.area());
    return reboxed(*m_alpha, m_box, box);
}

ContentKey Mask::key() const
{
    const std::array<int, 6> place{m_picture.width, m_picture.height, m_box.left, m_box.top, m_box.width, m_box.height};
    const ContentKey start = contentKey(std::as_bytes(std::span(place)));
    return contentKey(std::as_bytes(alpha()), start.low ^ start.high);
}

bool Mask::operator==(const Mask& other) const
{
    return m_picture == other.m_picture && m_box == other.m_box &&
           (m_alpha == other.m_alpha || std::ranges::equal(alpha(), other.alpha()));
}

void requireSize(const char* what, Size got, Size expected)
{
    if (got != expected)
        throw Error(ErrorCode::Mismatch, what,
                    "expected one of a picture of " + named(expected) + ", got one of " + named(got));
}

} // namespace ocellus
