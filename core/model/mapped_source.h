// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"

namespace ocellus {

/// A tensor under the name and shape that a model has, and what of a file it is made of.
struct MappedTensor {
    struct Part {
        const TensorInfo* tensor = nullptr; ///< of the file
        bool isTransposed = false;          ///< of two dimensions only
    };

    MappedTensor(std::string name, const TensorInfo& tensor);
    /// `shape` has as many elements as the parts together; without parts it is full of zeros.
    MappedTensor(std::string name, std::vector<std::int64_t> shape, std::vector<Part> parts);

    TensorInfo info;
    std::vector<Part> parts; ///< one after the other, row-major
};

/// The tensors of another source as a model has them: renamed, reshaped, transposed, put together, or zeros.
class MappedSource : public TensorSource {
public:
    /// `source` outlives this object. Throws Error(Mismatch) where counts differ, or a name is there twice.
    MappedSource(const TensorSource& source, std::vector<MappedTensor> tensors);

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override;

private:
    const TensorSource* m_source;
    std::vector<TensorInfo> m_tensors;
    std::vector<std::vector<MappedTensor::Part>> m_parts; // of each of them
};

} // namespace ocellus
