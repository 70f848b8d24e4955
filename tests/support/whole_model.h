// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/tensor_source.h"
#include "tests/io/module_writer.h"
#include "tests/io/zip_writer.h"

namespace ocellus::test {

/// A whole pickled module as torch.save(model) writes it, with the tensors of a source at the places that their names
/// say.
class WholeModel {
public:
    /// `name` is the class of the outermost module, "PPNet".
    WholeModel(const TensorSource& source, std::string name) : m_name(std::move(name))
    {
        for (const TensorInfo& tensor : source.tensors())
            m_root.add(tensor.name, addTensor(source, tensor));
    }

    /// What modules have besides tensors; `path` "" is the outermost one, "_root.l" one of its descendants.
    WholeModel& attribute(const std::string& path, const std::string& name, ModulePickle::Value value)
    {
        m_root.at(path).attributes.emplace_back(name, std::move(value));
        return *this;
    }

    /// A tensor that is an attribute, in no state dict.
    WholeModel& tensor(const std::string& name, const std::vector<std::int64_t>& shape,
                       const std::vector<float>& values)
    {
        return attribute("", name, addValues(shape, values));
    }

    std::string file() const { return archiveOf(m_root.module(m_name).pickle()); }

    /// The same in a DataParallel.
    std::string parallelFile() const
    {
        ModulePickle outer;
        outer.module = "torch.nn.parallel.data_parallel";
        outer.name = "DataParallel";
        outer.children = {{"module", m_root.module(m_name).value()}};
        return archiveOf(outer.pickle());
    }

private:
    struct Place {
        std::map<std::string, Place> children;
        ModulePickle::Values tensors;
        ModulePickle::Values attributes;

        Place& at(const std::string& path)
        {
            const std::size_t dot = path.find('.');
            if (path.empty())
                return *this;
            Place& child = children[path.substr(0, dot)];
            return dot == std::string::npos ? child : child.at(path.substr(dot + 1));
        }

        void add(const std::string& name, ModulePickle::Value value)
        {
            const std::size_t dot = name.rfind('.');
            at(dot == std::string::npos ? std::string() : name.substr(0, dot))
                .tensors.emplace_back(dot == std::string::npos ? name : name.substr(dot + 1), std::move(value));
        }

        ModulePickle module(const std::string& name) const
        {
            ModulePickle made;
            made.name = name;
            made.parameters = tensors;
            made.attributes = attributes;
            for (const auto& [key, child] : children)
                made.children.emplace_back(key, child.module("Part").value());
            return made;
        }
    };

    ModulePickle::Value addTensor(const TensorSource& source, const TensorInfo& tensor)
    {
        std::vector<float> values(static_cast<std::size_t>(tensor.count()));
        source.read(tensor, values);
        return addValues(tensor.shape, values);
    }

    ModulePickle::Value addValues(const std::vector<std::int64_t>& shape, const std::vector<float>& values)
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

    std::string archiveOf(const std::string& pickle) const
    {
        std::vector<ZipWriter::Entry> entries{{"model/data.pkl", pickle}};
        for (std::size_t i = 0; i < m_storages.size(); ++i)
            entries.push_back({"model/data/" + std::to_string(i), m_storages[i]});
        return ZipWriter::archive(entries);
    }

    std::string m_name;
    Place m_root;
    std::vector<std::string> m_storages;
};

} // namespace ocellus::test
