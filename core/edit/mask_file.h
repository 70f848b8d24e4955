// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/edit/mask.h"
#include "core/image/decode.h"

namespace ocellus {

/// Reads a file that somebody drew or a program segmented as the mask of a picture of this size: the one reader of mask
/// files. What is selected is decided by the values that occur, of any depth, a palette's by their indices:
/// - with `label`, the pixels of that value;
/// - two values: the pixels of the larger one (0 and 1, 0 and 255, 3 and 7);
/// - only 0: nothing;
/// - shares from 0 to 255 where Ocellus wrote the file, and in a drawing of 0 and 255 with softened edges;
/// - of a drawing in one colour, the pixels that are not black, or by their alpha where it has several.
/// Throws Error: Mismatch for another size than the picture's; Unsupported for a single value other than 0, for several
/// (labels, which it names), for many (no mask), and for several colours; and what decodePicture() throws.
Mask readMask(const std::filesystem::path& path, Size picture, std::optional<int> label = {},
              const DecodeOptions& options = {});

} // namespace ocellus
