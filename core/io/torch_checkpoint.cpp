// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_checkpoint.h"

#include "core/io/float_conversion.h"
#include "core/io/tensor_extent.h"

namespace ocellus {

namespace {

/// Whether the values lie row-major without holes; the stride of an extent of 1 says nothing.
bool isContiguous(std::span<const std::int64_t> shape, std::span<const std::int64_t> stride)
{
    std::int64_t expected = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] != 1 && stride[i] != expected)
            return false;
        expected *= shape[i];
    }
    return true;
}

} // namespace

void TorchCheckpoint::read(const TensorInfo& tensor, std::span<float> out) const
{
    const std::size_t index = readableIndex(*this, tensor, out.size(), subject());
    const TensorInfo& own = m_contents.tensors[index];
    const TensorPlace& place = m_contents.places[index];
    if (out.empty())
        return;
    if (!isContiguous(own.shape, place.stride))
        return readStrided(own, place, out);
    const std::uint64_t start = static_cast<std::uint64_t>(place.offset) * sizeOf(own.dtype);
    readAsFloat32(
        own.dtype,
        [&](std::uint64_t offset, std::span<std::byte> bytes) { readStorage(*place.storage, start + offset, bytes); },
        out);
}

void TorchCheckpoint::readStrided(const TensorInfo& tensor, const TensorPlace& place, std::span<float> out) const
{
    const std::size_t elementSize = sizeOf(tensor.dtype);
    std::vector<std::byte> region(static_cast<std::size_t>(place.span) * elementSize);
    readStorage(*place.storage, static_cast<std::uint64_t>(place.offset) * elementSize, region);

    const std::size_t outer = tensor.shape.size() - 1;
    const auto rowLength = static_cast<std::size_t>(tensor.shape[outer]);
    std::vector<std::int64_t> index(outer, 0);
    for (std::size_t row = 0; row < out.size() / rowLength; ++row) {
        std::int64_t element = 0;
        for (std::size_t i = 0; i < outer; ++i)
            element += index[i] * place.stride[i];
        convertToFloat32(tensor.dtype, region.data() + static_cast<std::size_t>(element) * elementSize,
                         place.stride[outer], out.subspan(row * rowLength, rowLength));
        for (std::size_t i = outer; i-- > 0 && ++index[i] == tensor.shape[i];)
            index[i] = 0;
    }
}

} // namespace ocellus
