// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/io/pickle_value.h"

namespace ocellus {

/// Owns the values of a file's pickles, flat, so that neither nesting nor circles cost anything when it goes.
class PickleHeap {
public:
    /// `subject` is the file that errors name.
    explicit PickleHeap(std::string subject);

    PickleRef add(PickleValue value);

    const PickleValue& at(PickleRef ref) const { return m_nodes[ref].value; }

    /// Null where the value is of another type.
    template <typename Type>
    const Type* get(PickleRef ref) const
    {
        return std::get_if<Type>(&m_nodes[ref].value);
    }
    template <typename Type>
    Type* get(PickleRef ref)
    {
        return std::get_if<Type>(&m_nodes[ref].value);
    }

    /// Null where the value is no record.
    const PickleRecord* record(PickleRef ref) const;
    PickleRecord* record(PickleRef ref);

    /// A record's attributes, which its state holds; null where there are none.
    const PickleItems* attributes(PickleRef ref) const;

    /// The entries of a dictionary; of a record what was set in it, else its attributes. Null where there are none.
    const PickleItems* table(PickleRef ref) const;

    /// How many values there are; every PickleRef is below it.
    std::size_t size() const { return m_nodes.size(); }

    /// A name that a pickle gives to a class or function, kept once however often it is named.
    std::uint32_t addName(std::string_view module, std::string_view name);

    /// "collections.OrderedDict": of a global, or of what a record was made by. Empty for other values.
    std::string_view nameOf(PickleRef ref) const;

    /// Notes that `child` lies in `parent`. Throws Error(TooLarge) where that nests too deeply.
    void nest(PickleRef parent, PickleRef child);

    /// Counts bytes that a single opcode made against the limit for the file. Throws Error(TooLarge).
    void charge(std::uint64_t bytes);

    /// The same storage for the same key. Throws Error(Damaged) where the file describes one storage in two ways.
    std::shared_ptr<const PickleStorage> addStorage(PickleStorage storage);

    /// The storage of that key as the pickle describes it, or null.
    const PickleStorage* findStorage(std::string_view key) const;

    /// The value of a text key, or null; the last one counts, as in Python.
    const PickleRef* find(const PickleItems& items, std::string_view key) const;
    const PickleRef* find(const PickleDict& dict, std::string_view key) const { return find(dict.items, key); }

    const std::string& subject() const { return m_subject; }

    /// Reads the storage that lies in bytes of the pickle: those of a plain pickle do. Throws Error.
    using NestedReader = std::function<PickleStorage(const PickleBytes& bytes)>;
    void setNestedReader(NestedReader reader) { m_nestedReader = std::move(reader); }
    const NestedReader& nestedReader() const { return m_nestedReader; } ///< empty where none may be nested

private:
    struct Node {
        PickleValue value;
        std::uint32_t depth = 1;
    };

    std::string m_subject;
    std::deque<Node> m_nodes;
    std::map<std::string, std::shared_ptr<const PickleStorage>, std::less<>> m_storages;
    std::unordered_map<std::string, std::uint32_t> m_names;
    std::vector<std::string_view> m_namesInOrder; // into the keys of m_names
    std::uint64_t m_builtBytes = 0;
    NestedReader m_nestedReader;
};

} // namespace ocellus
