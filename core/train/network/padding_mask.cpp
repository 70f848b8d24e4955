// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/padding_mask.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

/// The pixel that nearest interpolation takes for a cell, in single precision as in PyTorch.
int nearestPixel(int cell, int cells, int pixels)
{
    const float scale = static_cast<float>(pixels) / static_cast<float>(cells);
    return std::min(static_cast<int>(std::floor(static_cast<float>(cell) * scale)), pixels - 1);
}

/// How many cells begin within the first `own` of `padded` pixels.
int ownCells(int own, int padded, int cells)
{
    int count = 0;
    while (count < cells && nearestPixel(count, cells, padded) < own)
        ++count;
    return count;
}

std::string text(Size size)
{
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

} // namespace

at::Tensor paddingMask(const std::vector<Size>& sizes, Size padded, int rows, int columns)
{
    at::Tensor mask = at::ones({static_cast<std::int64_t>(sizes.size()), rows, columns}, at::kBool);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const Size size = sizes[i];
        if (size.width < 1 || size.height < 1 || size.width > padded.width || size.height > padded.height)
            throw Error(ErrorCode::Mismatch, "batch",
                        "expected pictures within the batch's " + text(padded) + " pixels, got " + text(size));
        mask[static_cast<std::int64_t>(i)]
            .slice(0, 0, ownCells(size.height, padded.height, rows))
            .slice(1, 0, ownCells(size.width, padded.width, columns))
            .fill_(false);
    }
    return mask.any().item<bool>() ? mask : at::Tensor();
}

} // namespace ocellus
