// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
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
    std::vector<std::string> parts;                       ///< ascending by name
    std::map<std::string, std::vector<PartPoint>> points; ///< by the picture's path as the file gives it
};

/// Reads a CSV with the columns file, part, x and y: one visible part point a line.
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged (no point at all, an empty name, no finite number).
PartPoints readPartPoints(const std::filesystem::path& path);

} // namespace ocellus
