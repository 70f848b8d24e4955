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

/// The same with either of Pillow's filters; its bicubic one has a = -0.5.
Picture resizePicture(const Picture& picture, Size size, PixelFilter filter);

/// Where the input lies after the resize, the middle square and the trimming to whole patches. Throws
/// Error(BadArgument) as targetSize(), and where a picture is too long to be cut or smaller than a patch.
InputPlace inputPlace(Size picture, const PreprocessOptions& options);

/// The pixels that the model sees, before they are normalised.
Picture modelPixels(const Picture& picture, const PreprocessOptions& options);

/// Resize, crop, trim, scale to [0, 1], subtract the mean, divide by the std.
ModelInput preprocess(const Picture& picture, const PreprocessOptions& options);

} // namespace ocellus
