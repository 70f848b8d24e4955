// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/receptive_box.h"

#include <algorithm>
#include <utility>

namespace ocellus {

namespace {

/// Along one axis: what is seen, from its first to its last coordinate in the picture.
std::pair<double, double> seenAlong(const ReceptiveField& field, int picture, int input, int cell)
{
    const double scale = static_cast<double>(picture) / input;
    const double centre = (field.start + static_cast<double>(field.stride) * cell) * scale;
    const double reach = field.extent * scale / 2;
    return {std::clamp(centre - reach, 0.0, double(picture)), std::clamp(centre + reach, 0.0, double(picture))};
}

} // namespace

Box receptiveBox(const ReceptiveField& field, Size picture, Size input, Cell cell)
{
    if (field.extent <= 0 || std::min({picture.width, picture.height, input.width, input.height}) <= 0)
        return {};
    const auto [left, right] = seenAlong(field, picture.width, input.width, cell.column);
    const auto [top, bottom] = seenAlong(field, picture.height, input.height, cell.row);
    return {left, top, right - left, bottom - top};
}

} // namespace ocellus
