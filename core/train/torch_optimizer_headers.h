// SPDX-License-Identifier: GPL-3.0-or-later
// What the training loop needs beyond the network's own headers.
#pragma once

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <torch/nn/functional/loss.h>
#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>

#include "core/train/network/torch_training_headers.h"
