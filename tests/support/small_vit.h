// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/vit/vit_config.h"

namespace ocellus {

/// A Vision Transformer that is quick to run: a grid of 4 x 4, 32 wide, 2 blocks of 4 heads.
inline VitConfig smallVit()
{
    VitConfig config;
    config.grid = 4;
    config.width = 32;
    config.depth = 2;
    config.heads = 4;
    config.feedForward = 64;
    return config;
}

} // namespace ocellus
