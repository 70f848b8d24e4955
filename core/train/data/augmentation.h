// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/image/model_input.h"
#include "core/image/picture.h"
#include "core/image/preprocess.h"

namespace ocellus {

/// How a training picture is varied from epoch to epoch.
enum class Augmentation {
    None, ///< "none": as in evaluation
    Flip, ///< "flip": left and right swapped with probability 1/2, the size of evaluation
    Full  ///< "full": flip, random size, random crop, as DETR was trained
};

/// The name on the command line and in checkpoints.
std::string_view toString(Augmentation augmentation);
/// Throws Error(BadArgument) that lists the names.
Augmentation augmentationFromName(std::string_view name);

/// One training picture, decided by (seed, epoch, index) alone: equal on every machine, whatever the number of workers
/// or ranks. The result's pictureSize is the whole picture's.
///
/// Full with short:long is the recipe of DETR's `make_coco_transforms`: with probability 1/2 the shorter side becomes
/// one of 480 to 800 by 32, the longer stays within 1333; else the shorter first becomes 400, 500 or 600, a crop with
/// sides of 384 to 600 is cut out, and that is resized likewise. For another `short` all but the longer side's limit
/// scale by short / 800. Full with a fixed side: the whole picture or a crop of the same proportions, to the square.
/// Throws Error(BadArgument) as preprocess does.
ModelInput augment(const Picture& picture, const PreprocessOptions& options, Augmentation augmentation,
                   std::uint64_t seed, int epoch, std::size_t index);

/// Left and right swapped.
Picture flipped(const Picture& picture);

} // namespace ocellus
