// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/module_state.h"

namespace ocellus {

std::vector<std::pair<std::string, at::Tensor>> stateOf(const torch::nn::Module& module)
{
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    for (const auto& parameter : module.named_parameters())
        tensors.emplace_back(parameter.key(), parameter.value());
    for (const auto& buffer : module.named_buffers())
        tensors.emplace_back(buffer.key(), buffer.value());
    return tensors;
}

} // namespace ocellus
