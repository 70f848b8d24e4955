// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/io/pickle_writer.h"

namespace ocellus::test {

/// A torch.nn.Module as torch.save(model) pickles it, put together by hand.
struct ModulePickle {
    using Value = std::function<void(PickleWriter&)>; ///< writes one value
    using Values = std::vector<std::pair<std::string, Value>>;

    std::string module = "model";
    std::string name = "Net";
    Values parameters;
    Values buffers;
    Values children;
    Values attributes;                ///< of its own
    std::vector<std::string> passing; ///< buffers that are in no state dict

    void write(PickleWriter& pickle) const
    {
        pickle.global(module, name).raw(")\x81}");
        pickle.text("training").raw("\x89s");
        table(pickle, "_parameters", parameters);
        table(pickle, "_buffers", buffers);
        if (!passing.empty()) {
            pickle.text("_non_persistent_buffers_set").global("__builtin__", "set").raw("](");
            for (const std::string& buffer : passing)
                pickle.text(buffer);
            pickle.raw("e\x85Rs");
        }
        pickle.text("_forward_hooks").global("collections", "OrderedDict").raw(")Rs");
        for (const auto& [attribute, value] : attributes) {
            pickle.text(attribute);
            value(pickle);
            pickle.raw("s");
        }
        table(pickle, "_modules", children);
        pickle.raw("b");
    }

    Value value() const
    {
        return [copy = *this](PickleWriter& pickle) { copy.write(pickle); };
    }

    std::string pickle() const
    {
        PickleWriter pickle;
        write(pickle);
        return pickle.stop();
    }

private:
    static void table(PickleWriter& pickle, const char* name, const Values& values)
    {
        pickle.text(name).global("collections", "OrderedDict").raw(")R");
        for (const auto& [key, value] : values) {
            pickle.text(key);
            value(pickle);
            pickle.raw("s");
        }
        pickle.raw("s");
    }
};

/// Two of the four floats of the storage "0", from `offset` on, as a parameter.
inline ModulePickle::Value floatPair(std::int64_t offset = 0)
{
    return [offset](PickleWriter& pickle) {
        pickle.global("torch._utils", "_rebuild_parameter")
            .raw("(")
            .tensor("0", 4, offset, {2}, {1})
            .raw("\x88")
            .global("collections", "OrderedDict")
            .raw(")RtR");
    };
}

/// The same as a buffer.
inline ModulePickle::Value bufferPair(std::int64_t offset = 0)
{
    return [offset](PickleWriter& pickle) { pickle.tensor("0", 4, offset, {2}, {1}); };
}

/// Bytes of a pickle as they are.
inline ModulePickle::Value rawValue(std::string bytes)
{
    return [bytes = std::move(bytes)](PickleWriter& pickle) { pickle.raw(bytes); };
}

} // namespace ocellus::test
