// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <utility>

namespace ocellus {

/// Keeps the values used last, as many as fit into a number of bytes. For one thread.
template <typename Key, typename Value>
class LruCache {
public:
    explicit LruCache(std::size_t maxBytes) : m_maxBytes(maxBytes) {}

    /// The value, now the one used last, or null.
    std::shared_ptr<const Value> find(const Key& key)
    {
        const auto found = m_index.find(key);
        if (found == m_index.end())
            return nullptr;
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return found->second->value;
    }

    /// A value larger than the whole cache is not kept: the caller still holds it.
    void insert(const Key& key, std::shared_ptr<const Value> value, std::size_t bytes)
    {
        erase(key);
        if (bytes > m_maxBytes)
            return;
        while (m_bytes + bytes > m_maxBytes)
            erase(Key(m_entries.back().key));
        m_entries.push_front({key, std::move(value), bytes});
        m_index[key] = m_entries.begin();
        m_bytes += bytes;
    }

    void clear()
    {
        m_index.clear();
        m_entries.clear();
        m_bytes = 0;
    }

    std::size_t bytes() const { return m_bytes; }
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        Key key;
        std::shared_ptr<const Value> value;
        std::size_t bytes;
    };

    void erase(const Key& key)
    {
        const auto found = m_index.find(key);
        if (found == m_index.end())
            return;
        m_bytes -= found->second->bytes;
        m_entries.erase(found->second);
        m_index.erase(found);
    }

    std::size_t m_maxBytes;
    std::size_t m_bytes = 0;
    std::list<Entry> m_entries;
    std::map<Key, typename std::list<Entry>::iterator> m_index;
};

} // namespace ocellus
