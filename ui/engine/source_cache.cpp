// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/source_cache.h"

#include <algorithm>
#include <utility>

namespace ocellus {

SourceCache::Maps SourceCache::find(const SourceKey& key)
{
    const auto found = std::ranges::find(m_entries, key, &Entry::key);
    if (found == m_entries.end())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, found);
    return found->maps;
}

void SourceCache::insert(const SourceKey& key, Maps maps)
{
    if (const auto found = std::ranges::find(m_entries, key, &Entry::key); found != m_entries.end()) {
        m_bytes -= found->bytes;
        m_entries.erase(found);
    }
    std::size_t bytes = sizeof(Entry);
    for (const SourceMap& map : *maps)
        bytes += sizeof(SourceMap) + map.values.size() * sizeof(float);
    if (bytes > m_maxBytes)
        return;
    while (m_bytes + bytes > m_maxBytes) {
        m_bytes -= m_entries.back().bytes;
        m_entries.pop_back();
    }
    m_entries.push_front({key, std::move(maps), bytes});
    m_bytes += bytes;
}

} // namespace ocellus
