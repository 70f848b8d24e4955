// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/model_input.h"
#include "core/image/picture.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

/// The size after the resize, as DETR's `get_size_with_aspect_ratio` computes it with Python's half-even `round`;
/// a side that would become 0 is 1; with a fixed side the square of it. Throws Error(BadArgument) for options or a size
/// below 1.
Size targetSize(Size picture, const PreprocessOptions& options);

/// Pillow's antialiased bilinear resize (8-bit fixed point, both passes), equal to it in every byte.
Picture resizeBilinear(const Picture& picture, Size size);

/// Resize, scale to [0, 1], subtract ImageNet's mean, divide by its std.
ModelInput preprocess(const Picture& picture, const PreprocessOptions& options);

} // namespace ocellus
