// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled: LibTorch's modules and autograd cost seconds a file. Included by the .cpp files of core/train.
#pragma once

#include <ATen/CPUGeneratorImpl.h>
#include <torch/autograd.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/types.h>
#include <torch/utils.h>
