// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <torch/nn/module.h>

namespace ocellus {

/// All parameters and buffers, trained or not, in the order of the modules: what a checkpoint holds.
std::vector<std::pair<std::string, at::Tensor>> stateOf(const torch::nn::Module& module);

} // namespace ocellus
