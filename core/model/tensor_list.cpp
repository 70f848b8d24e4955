// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/tensor_list.h"

#include <algorithm>
#include <utility>

namespace ocellus {

TensorList::TensorList(std::string prefix) : m_prefix(std::move(prefix)) {}

void TensorList::add(const std::string& name, Shape shape)
{
    m_tensors.push_back({m_prefix + name, DType::Float32, std::move(shape)});
}

void TensorList::addPair(const std::string& module, Shape weight)
{
    const std::int64_t out = weight.front();
    add(module + ".weight", std::move(weight));
    add(module + ".bias", {out});
}

std::vector<TensorInfo> TensorList::sorted()
{
    std::ranges::sort(m_tensors, {}, &TensorInfo::name);
    return std::move(m_tensors);
}

} // namespace ocellus
