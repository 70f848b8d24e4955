// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/tensor_source.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace ocellus {

std::string_view toString(DType dtype)
{
    switch (dtype) {
    case DType::Float32: return "float32";
    case DType::Float16: return "float16";
    case DType::BFloat16: return "bfloat16";
    case DType::Float64: return "float64";
    case DType::Int64: return "int64";
    case DType::Int32: return "int32";
    case DType::Int16: return "int16";
    case DType::Int8: return "int8";
    case DType::UInt8: return "uint8";
    case DType::Bool: return "bool";
    }
    return "unknown";
}

std::size_t sizeOf(DType dtype)
{
    switch (dtype) {
    case DType::Float64:
    case DType::Int64: return 8;
    case DType::Float32:
    case DType::Int32: return 4;
    case DType::Float16:
    case DType::BFloat16:
    case DType::Int16: return 2;
    case DType::Int8:
    case DType::UInt8:
    case DType::Bool: return 1;
    }
    return 1;
}

std::string shapeText(std::span<const std::int64_t> shape)
{
    std::string text = "[";
    for (const std::int64_t extent : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
    return text + "]";
}

std::int64_t TensorInfo::count() const
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

const TensorInfo* TensorSource::find(std::string_view name) const
{
    const std::vector<TensorInfo>& all = tensors();
    const auto found = std::lower_bound(
        all.begin(), all.end(), name, [](const TensorInfo& tensor, std::string_view key) { return tensor.name < key; });
    return found != all.end() && found->name == name ? &*found : nullptr;
}

} // namespace ocellus
