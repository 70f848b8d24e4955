// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <vector>

#include "core/engine/view_key.h"
#include "core/explain/source_map.h"
#include "core/explain/source_settings.h"

namespace ocellus {

/// All that one class's maps of one source depend on.
struct SourceKey {
    ViewKey view; ///< without a limit where the source does not read one
    SourceText source;
    int classIndex = 0;

    bool operator==(const SourceKey&) const = default;
};

/// Keeps the sources' maps used last, as many as fit into a number of bytes, so that going back costs nothing. For one
/// thread.
class SourceCache {
public:
    using Maps = std::shared_ptr<const std::vector<SourceMap>>;

    explicit SourceCache(std::size_t maxBytes = std::size_t{64} << 20) : m_maxBytes(maxBytes) {}

    /// Null where there are none.
    Maps find(const SourceKey& key);
    /// Maps that are larger than the whole cache are not kept.
    void insert(const SourceKey& key, Maps maps);

    std::size_t bytes() const { return m_bytes; }

private:
    struct Entry {
        SourceKey key;
        Maps maps;
        std::size_t bytes;
    };

    std::size_t m_maxBytes;
    std::size_t m_bytes = 0;
    std::list<Entry> m_entries; // the one used last in front; few enough to be looked through
};

} // namespace ocellus
