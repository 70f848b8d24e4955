// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/encoding.h"
#include "core/model/intr.h"

namespace ocellus {

struct Encoding::Tensors {
    Intr::Memory memory;
};

} // namespace ocellus
