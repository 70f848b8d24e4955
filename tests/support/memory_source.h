// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"

namespace ocellus {

/// Tensors in memory, to be renamed, split and written as other programs' files are.
class MemorySource : public TensorSource {
public:
    struct Values {
        std::vector<std::int64_t> shape;
        std::vector<float> values;
    };

    explicit MemorySource(std::map<std::string, Values> tensors) : m_values(std::move(tensors))
    {
        for (const auto& [name, tensor] : m_values)
            m_tensors.push_back({name, DType::Float32, tensor.shape});
    }

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        std::ranges::copy(m_values.at(tensor.name).values, out.begin());
    }

    static std::map<std::string, Values> valuesOf(const TensorSource& source)
    {
        std::map<std::string, Values> all;
        for (const TensorInfo& tensor : source.tensors()) {
            Values& own = all[tensor.name];
            own.shape = tensor.shape;
            own.values.resize(static_cast<std::size_t>(tensor.count()));
            source.read(tensor, own.values);
        }
        return all;
    }

private:
    std::map<std::string, Values> m_values;
    std::vector<TensorInfo> m_tensors;
};

} // namespace ocellus
