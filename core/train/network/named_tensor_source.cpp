// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/named_tensor_source.h"

#include <cstring>

#include "core/train/network/torch_training_headers.h"

namespace ocellus {

NamedTensorSource::NamedTensorSource(const std::vector<std::pair<std::string, at::Tensor>>& tensors)
{
    for (const auto& [name, tensor] : tensors)
        m_values.emplace(name, tensor.detach());
    for (const auto& [name, tensor] : m_values)
        m_tensors.push_back({name, DType::Float32, tensor.sizes().vec()});
}

void NamedTensorSource::read(const TensorInfo& tensor, std::span<float> out) const
{
    const at::Tensor values = m_values.at(tensor.name).to(at::kCPU, at::kFloat).contiguous();
    std::memcpy(out.data(), values.data_ptr<float>(), out.size_bytes());
}

} // namespace ocellus
