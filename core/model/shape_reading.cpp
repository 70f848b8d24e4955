// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/shape_reading.h"

#include <algorithm>
#include <charconv>

#include "core/base/error.h"

namespace ocellus {
namespace {

constexpr std::int64_t largestExtent = 1'000'000;
constexpr int mostLayers = 1000;

} // namespace

int extentOf(const TensorSource& source, const std::string& name, std::size_t dimensions, std::size_t axis)
{
    const TensorInfo* tensor = source.find(name);
    if (!tensor)
        throw Error(ErrorCode::Mismatch, name, "expected this tensor in a checkpoint of this kind, got none");
    if (tensor->shape.size() != dimensions)
        throw Error(ErrorCode::Mismatch, name,
                    "expected " + std::to_string(dimensions) + " dimensions, got " + shapeText(tensor->shape));
    const std::int64_t value = tensor->shape[axis];
    if (value < 1 || value > largestExtent)
        throw Error(ErrorCode::Mismatch, name,
                    "expected extents from 1 to " + std::to_string(largestExtent) + ", got " +
                        shapeText(tensor->shape));
    return static_cast<int>(value);
}

int countNumbered(const TensorSource& source, std::string_view prefix)
{
    int count = 0;
    for (const TensorInfo& tensor : source.tensors()) {
        if (!tensor.name.starts_with(prefix))
            continue;
        int number = 0;
        const char* begin = tensor.name.data() + prefix.size();
        const auto [end, failure] = std::from_chars(begin, tensor.name.data() + tensor.name.size(), number);
        if (failure == std::errc() && end != begin && number >= 0 && number < mostLayers)
            count = std::max(count, number + 1);
    }
    return count;
}

bool hasNameWith(const TensorSource& source, std::string_view part)
{
    return std::ranges::any_of(
        source.tensors(), [part](const TensorInfo& tensor) { return tensor.name.find(part) != std::string::npos; });
}

} // namespace ocellus
