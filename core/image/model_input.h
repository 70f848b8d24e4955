// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/hash.h"
#include "core/image/picture.h"

namespace ocellus {

/// What the backbone is given for one picture.
struct ModelInput {
    Size pictureSize;          ///< after EXIF orientation
    Size inputSize;            ///< after the resize
    std::vector<float> values; ///< [3, inputSize.height, inputSize.width], RGB, ImageNet mean and std
    ContentKey key;            ///< of the values and the size
};

} // namespace ocellus
