// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// What every program that computes does first in main, in the order that it needs: see restartWithShortSpin(),
/// useFittingBlasKernels() and keepLargeBuffers().
void prepareToCompute(char** argv);

} // namespace ocellus
