// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/weights.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/model/torch_headers.h"

namespace ocellus {

Weights::Weights(const TensorSource& source, const Progress& progress) : m_source(source), m_progress(progress)
{
    for (const TensorInfo& tensor : source.tensors())
        m_total += tensor.count();
}

at::Tensor Weights::take(const std::string& name)
{
    const TensorInfo* info = m_source.find(name);
    if (!info)
        throw Error(ErrorCode::Mismatch, name, "expected this tensor, got none");
    at::Tensor tensor = at::empty(info->shape, at::kFloat);
    const std::span<float> values(tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel()));
    m_source.read(*info, values);
    const auto bad = std::ranges::find_if(values, [](float value) { return !std::isfinite(value); });
    if (bad != values.end())
        throw Error(ErrorCode::Damaged, name,
                    "expected finite weights, got " + std::to_string(*bad) + " at element " +
                        std::to_string(bad - values.begin()),
                    "The training run that wrote this file diverged: open an earlier checkpoint");
    m_taken += tensor.numel();
    m_progress.at(Stage::Load, static_cast<double>(m_taken) / static_cast<double>(m_total));
    return tensor;
}

} // namespace ocellus
