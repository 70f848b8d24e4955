// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/encoding.h"

#include <utility>

#include "core/model/picture_memory.h"
#include "core/model/torch_headers.h"

namespace ocellus {

Encoding::Encoding(ContentKey key, int rows, int columns, std::vector<float> energy,
                   std::unique_ptr<const PictureMemory> memory)
    : m_key(key),
      m_rows(rows),
      m_columns(columns),
      m_energy(std::move(energy)),
      m_picture(std::move(memory))
{
}

Encoding::~Encoding() = default;

std::vector<float> Encoding::memory() const
{
    const at::Tensor planes = m_picture->tokens.t().to(at::kCPU, at::kFloat).contiguous();
    const float* const data = planes.data_ptr<float>();
    return {data, data + planes.numel()};
}

std::size_t Encoding::bytes() const
{
    return m_energy.size() * sizeof(float) + m_picture->bytes();
}

} // namespace ocellus
