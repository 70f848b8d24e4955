// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled: LibTorch's tensor library costs seconds a file. Included by the .cpp files of core/model and
// core/engine.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/core/ivalue.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
