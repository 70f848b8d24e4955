// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/starting_operation.h"

#include <array>
#include <utility>

namespace ocellus {

namespace {

/// The nearest place beside the region that is wholly within the picture.
CopyPatch patchBeside(const PixelBox& region, Size picture)
{
    const std::array<std::pair<int, int>, 4> offsets{
        {{region.width, 0}, {-region.width, 0}, {0, region.height}, {0, -region.height}}};
    for (const auto& [dx, dy] : offsets) {
        const PixelBox moved{region.left + dx, region.top + dy, region.width, region.height};
        if (intersected(moved, wholeBox(picture)) == moved)
            return {dx, dy, false, nullptr};
    }
    return {};
}

} // namespace

Operation startingOperation(std::size_t kind, const PixelBox& region, Size picture)
{
    Operation made = operationOfKind(kind);
    if (auto* crop = std::get_if<Crop>(&made))
        crop->box = region.empty() ? wholeBox(picture) : region;
    else if (auto* copy = std::get_if<CopyPatch>(&made))
        *copy = patchBeside(region, picture);
    else if (auto* rotate = std::get_if<Rotate>(&made))
        rotate->degrees = 90;
    else if (auto* take = std::get_if<TakeColour>(&made))
        take->colour = {128, 128, 128};
    return made;
}

} // namespace ocellus
