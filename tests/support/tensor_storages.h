// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/tensor_source.h"
#include "tests/io/module_writer.h"
#include "tests/io/zip_writer.h"

namespace ocellus::test {

/// Collects the values of tensors as a file of torch.save has them, each in a storage of its own.
class TensorStorages {
public:
    /// Writes the tensor into a pickle.
    ModulePickle::Value add(const TensorSource& source, const TensorInfo& tensor)
    {
        std::vector<float> values(static_cast<std::size_t>(tensor.count()));
        source.read(tensor, values);
        return add(tensor.shape, values);
    }

    ModulePickle::Value add(const std::vector<std::int64_t>& shape, const std::vector<float>& values)
    {
        std::string bytes;
        for (const float value : values)
            bytes += rawBytes(value);
        const std::string key = std::to_string(m_storages.size());
        m_storages.push_back(std::move(bytes));
        std::vector<std::int64_t> stride(shape.size(), 1);
        for (std::size_t i = shape.size(); i-- > 1;)
            stride[i - 1] = stride[i] * shape[i];
        return [key, shape, stride, count = static_cast<std::int64_t>(values.size())](PickleWriter& pickle) {
            pickle.tensor(key, count, 0, shape, stride);
        };
    }

    /// The file around a pickle that has these tensors.
    std::string archive(const std::string& pickle) const
    {
        std::vector<ZipWriter::Entry> entries{{"model/data.pkl", pickle}};
        for (std::size_t i = 0; i < m_storages.size(); ++i)
            entries.push_back({"model/data/" + std::to_string(i), m_storages[i]});
        return ZipWriter::archive(entries);
    }

private:
    std::vector<std::string> m_storages;
};

} // namespace ocellus::test
