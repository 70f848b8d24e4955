// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>

#include "core/model/torch_headers.h"

namespace ocellus {

/// What the plain programs compute on: OCELLUS_TEST_DEVICE, by default the CPU. In full float32 as the engine does:
/// LibTorch by itself would let a GPU's convolutions round to 10 bits.
inline at::Device testDevice()
{
    at::globalContext().setAllowTF32CuBLAS(false);
    at::globalContext().setAllowTF32CuDNN(false);
    const char* const name = std::getenv("OCELLUS_TEST_DEVICE");
    return at::Device(name ? name : "cpu");
}

} // namespace ocellus
