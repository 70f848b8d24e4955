// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/base/tensor_source.h"
#include "tests/support/tensor_storages.h"

namespace ocellus::test {

/// A state dict as torch.save writes it, with whatever a training program puts around it.
class StateDictFile {
public:
    /// `prefix` stands before each name, "module." or "model.".
    explicit StateDictFile(const TensorSource& source, const std::string& prefix = {})
    {
        for (const TensorInfo& tensor : source.tensors())
            m_items.emplace_back(prefix + tensor.name, m_storages.add(source, tensor));
    }

    /// Beside it, below a key of its own.
    StateDictFile& beside(const std::string& key, ModulePickle::Value value)
    {
        m_beside.emplace_back(key, std::move(value));
        return *this;
    }

    /// The file; the state dict lies below `key`, or is all there is where that is empty.
    std::string file(const std::string& key = {}) const
    {
        PickleWriter pickle;
        if (key.empty()) {
            write(pickle);
            return m_storages.archive(pickle.stop());
        }
        pickle.raw("}");
        for (const auto& [other, value] : m_beside) {
            pickle.text(other);
            value(pickle);
            pickle.raw("s");
        }
        pickle.text(key);
        write(pickle);
        return m_storages.archive(pickle.raw("s").stop());
    }

private:
    void write(PickleWriter& pickle) const
    {
        pickle.global("collections", "OrderedDict").raw(")R");
        for (const auto& [name, value] : m_items) {
            pickle.text(name);
            value(pickle);
            pickle.raw("s");
        }
    }

    TensorStorages m_storages;
    ModulePickle::Values m_items;
    ModulePickle::Values m_beside;
};

} // namespace ocellus::test
