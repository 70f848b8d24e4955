// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// Probabilities with which training leaves something out, each at least 0 and below 1.
struct Dropout {
    double units = 0; ///< attention weights, residual branches and inside the feed-forward layers, as released
    double heads = 0; ///< whole heads of cross-attention, so that several learn to find what one would do for

    Dropout(double ofUnits, double ofHeads = 0) : units(ofUnits), heads(ofHeads) {}
};

} // namespace ocellus
