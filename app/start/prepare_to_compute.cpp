// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start/prepare_to_compute.h"

#include "app/start/blas_kernels.h"
#include "app/start/large_buffers.h"
#include "app/start/openmp_wait_policy.h"

namespace ocellus {

void prepareToCompute(char** argv)
{
    restartWithShortSpin(argv); // first: it may begin the program anew
    useFittingBlasKernels();
    keepLargeBuffers();
}

} // namespace ocellus
