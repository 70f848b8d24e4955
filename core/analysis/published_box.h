// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

#include "core/analysis/map_box.h"
#include "core/image/geometry.h"

namespace ocellus {

/// Whose figures a rectangle is drawn as in.
enum class BoxRule {
    Percentile, ///< ProtoPNet's and ProtoPFormer's: around the highest 5 % of the stretched map
    Peak        ///< ProtoTree's: around the highest cell
};

/// The rectangle that published figures draw around what a prototype finds.
struct PublishedBox {
    MapBox box;     ///< in pixels of the stretched map
    Size stretched; ///< the model's input, or smaller ones of its shape where that is large

    bool operator==(const PublishedBox&) const = default;
};

/// `similarities` [rows, columns]. None where a value is not finite, where there are others than so many, or where
/// `input`, the size of the model's input, has no extent.
std::optional<PublishedBox> publishedBox(std::span<const float> similarities, int rows, int columns, Size input,
                                         BoxRule rule);

/// The same in picture coordinates, of which the model sees `seen` (see CellGeometry).
Box inPicture(const PublishedBox& box, const Box& seen);

} // namespace ocellus
