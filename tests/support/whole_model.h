// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/tensor_source.h"
#include "tests/io/module_writer.h"
#include "tests/support/tensor_storages.h"

namespace ocellus::test {

/// A whole pickled module as torch.save(model) writes it, with the tensors of a source at the places that their names
/// say.
class WholeModel {
public:
    /// `name` is the class of the outermost module, "PPNet".
    WholeModel(const TensorSource& source, std::string name) : m_name(std::move(name))
    {
        for (const TensorInfo& tensor : source.tensors())
            m_root.add(tensor.name, m_storages.add(source, tensor));
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
        return attribute("", name, m_storages.add(shape, values));
    }

    std::string file() const { return m_storages.archive(m_root.module(m_name).pickle()); }

    /// The same as the child `name` of a module of that class, "torch.nn.parallel.data_parallel DataParallel".
    std::string fileWithin(const std::string& module, const std::string& className, const std::string& name) const
    {
        ModulePickle outer;
        outer.module = module;
        outer.name = className;
        outer.children = {{name, m_root.module(m_name).value()}};
        return m_storages.archive(outer.pickle());
    }

    std::string parallelFile() const { return fileWithin("torch.nn.parallel.data_parallel", "DataParallel", "module"); }

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

    std::string m_name;
    Place m_root;
    TensorStorages m_storages;
};

} // namespace ocellus::test
