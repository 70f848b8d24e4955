// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/model/convolution.h"

namespace ocellus {

/// Turns the options into a device and kernels, and sets LibTorch's thread count and precision for the calling thread.
/// Throws Error: BadArgument for a name that is none, Device where the device is not there.
Compute chooseCompute(const EngineOptions& options);

/// Lets what the calling thread computes use as many threads as the options say: it may be new to OpenMP, which counts
/// for each thread anew, or another engine was used last.
void useThreads(const EngineOptions& options);

/// Times a small matrix product on the device chosen.
DeviceReport reportDevice(const EngineOptions& options, const Compute& compute);

} // namespace ocellus
