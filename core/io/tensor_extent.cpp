// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tensor_extent.h"

#include <string_view>

#include "core/base/error.h"
#include "core/io/float_conversion.h"
#include "core/io/text.h"

namespace ocellus {

std::uint64_t tensorBytes(const TensorInfo& tensor, const std::string& subject)
{
    std::int64_t bytes = 1;
    bool fits = !__builtin_mul_overflow(bytes, static_cast<std::int64_t>(sizeOf(tensor.dtype)), &bytes);
    bool empty = false;
    for (const std::int64_t extent : tensor.shape) {
        // An extent of 0 must not hide a product that overflows before it.
        fits = fits && extent >= 0 && (extent == 0 || !__builtin_mul_overflow(bytes, extent, &bytes));
        empty = empty || extent == 0;
    }
    if (!fits)
        throw Error(ErrorCode::Damaged, subject,
                    "tensor " + excerpt(tensor.name) + " has the impossible shape " + shapeText(tensor.shape));
    return empty ? 0 : static_cast<std::uint64_t>(bytes);
}

std::string withoutModulePrefix(std::string name)
{
    constexpr std::string_view prefix = "module.";
    if (name.starts_with(prefix))
        name.erase(0, prefix.size());
    return name;
}

void checkNames(const std::vector<TensorInfo>& sorted, const std::string& subject)
{
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (!isUtf8(sorted[i].name))
            throw Error(ErrorCode::Damaged, subject, "the tensor name " + excerpt(sorted[i].name) + " is not UTF-8");
        if (i > 0 && sorted[i].name == sorted[i - 1].name)
            throw Error(ErrorCode::Damaged, subject, "the tensor " + excerpt(sorted[i].name) + " is there twice");
    }
}

std::size_t readableIndex(const TensorSource& source, const TensorInfo& tensor, std::size_t count,
                          const std::string& subject)
{
    const TensorInfo* own = source.find(tensor.name);
    if (!own)
        throw Error(ErrorCode::NotFound, subject, "there is no tensor " + excerpt(tensor.name));
    if (!isFloatingPoint(own->dtype))
        throw Error(ErrorCode::Unsupported, subject,
                    "tensor " + excerpt(tensor.name) + " is " + std::string(toString(own->dtype)) +
                        ", weights must be floating-point");
    if (static_cast<std::uint64_t>(own->count()) != count)
        throw Error(ErrorCode::Internal, subject,
                    "tensor " + excerpt(tensor.name) + " has " + std::to_string(own->count()) +
                        " values, room is for " + std::to_string(count));
    return static_cast<std::size_t>(own - source.tensors().data());
}

} // namespace ocellus
