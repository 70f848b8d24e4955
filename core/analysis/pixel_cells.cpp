// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/pixel_cells.h"

#include <algorithm>
#include <cstdint>

#include "core/base/error.h"

namespace ocellus {

std::vector<int> cellsOfPixels(int size, int cells, std::optional<int> stride)
{
    if (size < 1 || cells < 1 || (stride && *stride < 1))
        throw Error(ErrorCode::BadArgument, "cells", "expected at least one pixel, one cell and a stride of 1");
    std::vector<int> owner(static_cast<std::size_t>(size));
    for (int pixel = 0; pixel < size; ++pixel)
        owner[static_cast<std::size_t>(pixel)] = stride ? std::min((pixel + *stride / 2) / *stride, cells - 1)
                                                        : static_cast<int>(std::int64_t{pixel} * cells / size);
    return owner;
}

} // namespace ocellus
