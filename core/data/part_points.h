// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// Where one visible part of an animal is in its picture.
struct PartPoint {
    std::size_t part = 0; ///< index in PartPoints::parts
    Point place;          ///< in the picture's own pixels
};

/// The visible parts of many pictures.
struct PartPoints {
    /// What the file measures in.
    enum class Unit {
        Pixels,
        Shares, ///< of the picture's width and height, 0 to 1
    };

    std::vector<std::string> parts;                       ///< ascending by name
    std::map<std::string, std::vector<PartPoint>> points; ///< by nameOf() the picture's path in the file, in its unit
    std::map<std::string, Size> sizes; ///< of the pictures that the pixels were taken in, where the file says so
    Unit unit = Unit::Pixels;
    std::vector<std::string> notes; ///< how the file was read where that is not plain: dialect, invisible points, unit

    /// The form in which two paths of one picture are equal: slashes, Unicode's normal form, no "./".
    static std::string nameOf(std::string_view path);

    /// The points of the picture in its own pixels; none where the file has none.
    /// Throws Error(Mismatch) where a point lies outside the picture, as those do that were taken at another scale.
    std::vector<PartPoint> inPixels(const std::string& name, Size picture) const;
};

/// Reads a CSV with the columns file, part, x and y, one part point a line, and where there are such columns visible
/// (0 or 1, COCO's 0 to 2, yes or no) and the picture's width and height. Points are left out that are not visible,
/// have no coordinates, or lie at (0, 0) or (-1, -1), which stand for "invisible" where no column says it.
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged (no point at all, an empty name, no finite number).
PartPoints readPartPoints(const std::filesystem::path& path);

/// A sentence where the points of many pictures all lie in the upper left quarter, as those do that were taken at a
/// smaller scale; else empty. `sizes` are the pictures', by name.
std::string doubtAboutScale(const PartPoints& points, const std::map<std::string, Size>& sizes);

} // namespace ocellus
