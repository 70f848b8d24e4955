// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/mapped_source.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace ocellus {
namespace {

void readTransposed(const TensorSource& source, const TensorInfo& tensor, std::span<float> out)
{
    std::vector<float> stored(out.size());
    source.read(tensor, stored);
    const auto rows = static_cast<std::size_t>(tensor.shape.at(0));
    const auto columns = static_cast<std::size_t>(tensor.shape.at(1));
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            out[column * rows + row] = stored[row * columns + column];
}

void requireCount(const MappedTensor& tensor)
{
    std::int64_t count = 0;
    for (const MappedTensor::Part& part : tensor.parts)
        count += part.tensor->count();
    if (!tensor.parts.empty() && count != tensor.info.count())
        throw Error(ErrorCode::Mismatch, tensor.parts.front().tensor->name,
                    "expected " + std::to_string(tensor.info.count()) + " values for " + tensor.info.name + " " +
                        shapeText(tensor.info.shape) + ", got " + std::to_string(count));
}

} // namespace

MappedTensor::MappedTensor(std::string name, const TensorInfo& tensor)
    : info{std::move(name), tensor.dtype, tensor.shape},
      parts{{&tensor}}
{
}

MappedTensor::MappedTensor(std::string name, std::vector<std::int64_t> shape, std::vector<Part> made)
    : info{std::move(name), made.empty() ? DType::Float32 : made.front().tensor->dtype, std::move(shape)},
      parts(std::move(made))
{
}

MappedSource::MappedSource(const TensorSource& source, std::vector<MappedTensor> tensors) : m_source(&source)
{
    std::ranges::sort(tensors, {}, [](const MappedTensor& tensor) -> const std::string& { return tensor.info.name; });
    for (MappedTensor& tensor : tensors) {
        requireCount(tensor);
        if (!m_tensors.empty() && m_tensors.back().name == tensor.info.name)
            throw Error(ErrorCode::Mismatch, tensor.info.name, "two tensors of the file stand for this one");
        m_tensors.push_back(std::move(tensor.info));
        m_parts.push_back(std::move(tensor.parts));
    }
}

void MappedSource::read(const TensorInfo& tensor, std::span<float> out) const
{
    const auto place = std::ranges::lower_bound(m_tensors, tensor.name, {}, &TensorInfo::name);
    const auto& parts = m_parts.at(static_cast<std::size_t>(place - m_tensors.begin()));
    if (parts.empty())
        std::ranges::fill(out, 0.0F);
    for (const MappedTensor::Part& part : parts) {
        const std::span<float> values = out.first(static_cast<std::size_t>(part.tensor->count()));
        out = out.subspan(values.size());
        if (part.isTransposed)
            readTransposed(*m_source, *part.tensor, values);
        else
            m_source->read(*part.tensor, values);
    }
}

} // namespace ocellus
