// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "core/image/geometry.h"

namespace ocellus {

/// Larger pictures are refused: their values alone take 800 MB.
inline constexpr double maxMapPixels = 200e6;

/// A map with a value for each pixel of the picture, row by row: the nearest cell's, or with `smooth` interpolated
/// bilinearly between the cells' centres and constant beyond the outermost ones; not a number where the model sees
/// nothing of the picture.
/// Throws Error: BadArgument where `values` does not fill the geometry's grid, TooLarge.
std::vector<float> mapAtPictureSize(std::span<const float> values, const CellGeometry& geometry, bool smooth);

/// Writes mapAtPictureSize() as a TIFF of one 32-bit float channel, whole or not at all.
/// Throws the same errors, and Error(Unreadable).
void writeMapTiff(const std::filesystem::path& path, std::span<const float> values, const CellGeometry& geometry,
                  bool smooth);

} // namespace ocellus
