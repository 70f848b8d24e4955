// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"

namespace ocellus {

/// The tensors of a source whose names begin with a prefix, under what follows it.
class TensorSubset : public TensorSource {
public:
    TensorSubset(std::shared_ptr<const TensorSource> whole, std::string prefix);

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override;

private:
    std::shared_ptr<const TensorSource> m_whole;
    std::string m_prefix;
    std::vector<TensorInfo> m_tensors;
};

} // namespace ocellus
