// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

/// In which order, and how much at a time, insertion and deletion exchange a picture's pixels. Pixels are numbered row
/// by row, each is in one group.
using PixelGroups = std::vector<std::vector<std::size_t>>;

/// Indices by falling value, equal values by rising index. What is not a number comes last.
std::vector<std::size_t> fallingOrder(std::span<const float> values);

/// `step` pixels of a map of the picture's size at a time; the last group may be short (RISE's published protocol: the
/// picture's width). Throws Error(BadArgument) for a step below 1.
PixelGroups groupsByPixel(std::span<const float> map, std::size_t step);

/// The pixels of whole cells in the given order, `perStep` cells at a time; `owners` says of each pixel which cell it
/// belongs to. Throws Error(BadArgument) for a step below 1 and an order that does not have every cell once.
PixelGroups groupsByOwner(std::span<const std::size_t> order, std::span<const std::size_t> owners, std::size_t perStep);

/// Whole cells of a map [rows, columns] in the given order, `perStep` at a time. A pixel belongs to the cell that the
/// map stretched over the picture puts there, or with a `stride` to the nearest of the centres 0, stride, 2 stride, ...
/// Throws Error: BadArgument for numbers below 1 or an order that is none of the cells.
PixelGroups groupsByCell(std::span<const std::size_t> order, int rows, int columns, Size picture, std::size_t perStep,
                         std::optional<int> stride = std::nullopt);

} // namespace ocellus
