// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// Lets OpenBLAS use the processor's vector instructions where it does not know the processor.
///
/// It chooses its kernels by the processor's model number; for one that came out after the library it takes those of
/// 2004, which multiply matrices 5 to 10 times slower than those that the processor has the instructions for. Call it
/// in main before anything is computed. Does nothing where OPENBLAS_CORETYPE is set, with another BLAS, and where the
/// choice fits.
void useFittingBlasKernels();

} // namespace ocellus
