// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tensor_subset.h"

#include <utility>

namespace ocellus {

TensorSubset::TensorSubset(std::shared_ptr<const TensorSource> whole, std::string prefix)
    : m_whole(std::move(whole)),
      m_prefix(std::move(prefix))
{
    for (const TensorInfo& tensor : m_whole->tensors())
        if (tensor.name.starts_with(m_prefix))
            m_tensors.push_back({tensor.name.substr(m_prefix.size()), tensor.dtype, tensor.shape});
}

void TensorSubset::read(const TensorInfo& tensor, std::span<float> out) const
{
    m_whole->read({m_prefix + tensor.name, tensor.dtype, tensor.shape}, out);
}

} // namespace ocellus
