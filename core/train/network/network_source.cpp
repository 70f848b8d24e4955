// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/network_source.h"

#include <cstring>

#include "core/train/network/torch_training_headers.h"
#include "core/train/network/trainable_network.h"

namespace ocellus {

NetworkSource::NetworkSource(const TrainableNetwork& network)
{
    for (const auto& [name, tensor] : network.state())
        m_values.emplace(name, tensor.detach());
    for (const auto& [name, tensor] : m_values)
        m_tensors.push_back({name, DType::Float32, tensor.sizes().vec()});
}

void NetworkSource::read(const TensorInfo& tensor, std::span<float> out) const
{
    const at::Tensor values = m_values.at(tensor.name).to(at::kCPU, at::kFloat).contiguous();
    std::memcpy(out.data(), values.data_ptr<float>(), out.size_bytes());
}

} // namespace ocellus
