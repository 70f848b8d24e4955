// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/hash.h"
#include "core/image/picture.h"

namespace ocellus {

/// Which part of a resized picture the model sees.
struct InputPlace {
    Size resized; ///< the whole picture after the resize
    int left = 0; ///< of the input's corner in it
    int top = 0;
    Size input; ///< after cropping and trimming

    bool operator==(const InputPlace&) const = default;
};

/// What the backbone is given for one picture.
struct ModelInput {
    Size pictureSize;          ///< after EXIF orientation
    Size inputSize;            ///< after the resize, cropping and trimming
    std::vector<float> values; ///< [3, inputSize.height, inputSize.width], RGB, normalised
    ContentKey key;            ///< of the values and the size
};

} // namespace ocellus
