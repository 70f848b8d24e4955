// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/encoding.h"

#include <utility>

#include "core/engine/encoding_tensors.h"
#include "core/model/torch_headers.h"

namespace ocellus {

Encoding::Encoding(ContentKey key, int rows, int columns, std::vector<float> energy,
                   std::unique_ptr<const Tensors> tensors)
    : m_key(key),
      m_rows(rows),
      m_columns(columns),
      m_energy(std::move(energy)),
      m_tensors(std::move(tensors))
{
}

Encoding::~Encoding() = default;

std::vector<float> Encoding::memory() const
{
    const at::Tensor planes = m_tensors->memory.tokens.t().to(at::kCPU, at::kFloat).contiguous();
    const float* const data = planes.data_ptr<float>();
    return {data, data + planes.numel()};
}

std::size_t Encoding::bytes() const
{
    std::size_t sum = m_energy.size() * sizeof(float) + m_tensors->memory.tokens.nbytes() + m_tensors->copiedBytes;
    for (const auto* list : {&m_tensors->memory.projection.keys, &m_tensors->memory.projection.values})
        for (const at::Tensor& tensor : *list)
            sum += tensor.nbytes();
    return sum;
}

} // namespace ocellus
