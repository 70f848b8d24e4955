// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// What batch norm does while a network is trained.
enum class BatchNormMode {
    Frozen, ///< an affine map with the statistics that the weights came with, as released
    Train   ///< batch statistics, and running ones kept for later: needed from scratch
};

} // namespace ocellus
