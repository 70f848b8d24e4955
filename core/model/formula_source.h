// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/model_config.h"

namespace ocellus {

/// Deterministic untrained weights: element i of tensor NAME comes from splitmix64(fnv1a64(NAME) + i).
///
/// They keep tokens apart and give attention peaks, so that tests have something to show; the ranges are
/// those of the reference implementation that the parity numbers were made with.
class FormulaSource : public TensorSource {
public:
    explicit FormulaSource(const ModelConfig& config);

    /// Any tensors; a value's name is `drawPrefix` + NAME, its range that of NAME. `tensors` in any order.
    explicit FormulaSource(std::vector<TensorInfo> tensors, std::string drawPrefix = {});

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override;

private:
    std::vector<TensorInfo> m_tensors;
    std::string m_drawPrefix;
};

/// Fills `out` with lo + (hi - lo) * v, v a multiple of 2^-24 in [0, 1), rounded once from double.
void fillByFormula(std::string_view name, double lo, double hi, std::span<float> out);

} // namespace ocellus
