// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// Element types that checkpoints hold. Only the first four can be weights.
enum class DType { Float32, Float16, BFloat16, Float64, Int64, Int32, Int16, Int8, UInt8, Bool };

/// "float32", "bfloat16", ... as PyTorch writes it.
std::string_view toString(DType dtype);

/// Bytes of one element.
std::size_t sizeOf(DType dtype);

/// "[2048, 512, 1, 1]"
std::string shapeText(std::span<const std::int64_t> shape);

/// Name, type and shape of one tensor, before any of its values is read.
struct TensorInfo {
    std::string name;
    DType dtype = DType::Float32;
    std::vector<std::int64_t> shape;

    /// Product of the shape; sources guarantee that it fits and that the bytes exist.
    std::int64_t count() const;
};

/// Named float tensors from a checkpoint, a safetensors file or a formula.
class TensorSource {
public:
    virtual ~TensorSource() = default;

    /// Every tensor, sorted by name, names as in a state dict without a `module.` prefix.
    virtual const std::vector<TensorInfo>& tensors() const = 0;

    /// Converts the values to float32, row-major, into `out`, which holds exactly count() elements.
    /// Throws Error: Damaged, Unreadable, or Unsupported for a type that is no weight.
    virtual void read(const TensorInfo& tensor, std::span<float> out) const = 0;

    /// The tensor, or null.
    const TensorInfo* find(std::string_view name) const;
};

} // namespace ocellus
