// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/engine/encoding.h"
#include "core/model/intr.h"

namespace ocellus {

struct Encoding::Tensors {
    Intr::Memory memory;
    std::vector<std::shared_ptr<const float>> keys; ///< the memory's, per layer, [R, d, N]; they outlive the encoding
    std::size_t copiedBytes = 0;                    ///< of `keys`, where they lie apart from the memory's
};

} // namespace ocellus
