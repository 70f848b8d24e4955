// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/tensor_source.h"

namespace ocellus {

/// Tensors as a checkpoint's writer wants them: sorted by name, float32, row-major, wherever they live. Shares the
/// values, so it shows what training does to them after it was made.
class NamedTensorSource : public TensorSource {
public:
    explicit NamedTensorSource(const std::vector<std::pair<std::string, at::Tensor>>& tensors);

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override;

private:
    std::vector<TensorInfo> m_tensors;
    std::map<std::string, at::Tensor, std::less<>> m_values;
};

} // namespace ocellus
