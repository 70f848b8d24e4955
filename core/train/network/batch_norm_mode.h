// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// What a backbone's batch norms do while training.
enum class BatchNormMode {
    Frozen, ///< the released way: constants, as in DETR
    Train   ///< statistics of the batch, weight and bias trained; needed from scratch
};

} // namespace ocellus
