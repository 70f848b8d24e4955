// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/model/intr/decoder.h"
#include "core/model/picture_memory.h"

namespace ocellus {

/// INTR's memory of a picture, with the keys and values that every decoder layer makes of it.
struct IntrMemory : PictureMemory {
    std::size_t bytes() const override;

    MemoryProjection projection;
    std::vector<std::shared_ptr<const float>> keys; ///< the projection's, per layer, [R, d, N]; they outlive it
    std::size_t copiedBytes = 0;                    ///< of `keys`, where they lie apart from the projection's
};

} // namespace ocellus
