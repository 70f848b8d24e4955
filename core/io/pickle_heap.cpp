// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_heap.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/text.h"

namespace ocellus {

PickleHeap::PickleHeap(std::string subject) : m_subject(std::move(subject)) {}

PickleRef PickleHeap::add(PickleValue value)
{
    m_nodes.push_back({std::move(value)});
    return static_cast<PickleRef>(m_nodes.size() - 1);
}

void PickleHeap::nest(PickleRef parent, PickleRef child)
{
    const std::uint32_t depth = std::max(m_nodes[parent].depth, m_nodes[child].depth + 1);
    if (depth > limits::pickleDepth)
        throw Error(ErrorCode::TooLarge, m_subject,
                    "its values are nested deeper than " + std::to_string(limits::pickleDepth) + " levels");
    m_nodes[parent].depth = depth;
}

void PickleHeap::charge(std::uint64_t bytes)
{
    m_builtBytes += bytes;
    if (m_builtBytes > limits::pickleBuiltBytes)
        throw Error(ErrorCode::TooLarge, m_subject,
                    "its pickle builds strings and tensors of more than " + std::to_string(limits::pickleBuiltBytes) +
                        " bytes");
}

std::shared_ptr<const PickleStorage> PickleHeap::addStorage(PickleStorage storage)
{
    const auto known = m_storages.find(storage.key);
    if (known == m_storages.end()) {
        auto added = std::make_shared<const PickleStorage>(std::move(storage));
        m_storages.emplace(added->key, added);
        return added;
    }
    const PickleStorage& first = *known->second;
    if (first.dtype != storage.dtype || first.fileCount != storage.fileCount)
        throw Error(ErrorCode::Damaged, m_subject,
                    "storage " + excerpt(storage.key) + " has " + std::to_string(first.fileCount) +
                        " elements in one place and " + std::to_string(storage.fileCount) +
                        ", or another type, in another");
    if (first.first == storage.first && first.count == storage.count)
        return known->second;
    return std::make_shared<const PickleStorage>(std::move(storage));
}

const PickleStorage* PickleHeap::findStorage(std::string_view key) const
{
    const auto found = m_storages.find(key);
    return found == m_storages.end() ? nullptr : found->second.get();
}

} // namespace ocellus
