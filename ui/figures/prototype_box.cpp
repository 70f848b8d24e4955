// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/prototype_box.h"

#include "core/analysis/published_box.h"

namespace ocellus {

std::optional<Box> prototypeBox(const Explanation& explanation, std::span<const float> similarities)
{
    const CellGeometry& geometry = explanation.geometry;
    const std::optional<PublishedBox> box =
        publishedBox(similarities, geometry.rows(), geometry.columns(), explanation.inputSize,
                     explanation.mapKind == MapKind::Node ? BoxRule::Peak : BoxRule::Percentile);
    return box ? std::optional(inPicture(*box, geometry.seen())) : std::nullopt;
}

} // namespace ocellus
