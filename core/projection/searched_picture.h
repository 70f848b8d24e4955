// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/projection/nearest_patch.h"

namespace ocellus {

/// What a model's prototypes find in one training picture.
struct SearchedPicture {
    std::string sha256; ///< of its file, and of which page of it
    int classIndex = 0; ///< the model's own, from 0
    Size size;          ///< upright
    int columns = 0;    ///< of the maps
    std::vector<NearestPatch> found;

    bool operator==(const SearchedPicture&) const = default;
};

} // namespace ocellus
