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

const PickleRecord* PickleHeap::record(PickleRef ref) const
{
    const auto* record = get<std::unique_ptr<PickleRecord>>(ref);
    return record ? record->get() : nullptr;
}

PickleRecord* PickleHeap::record(PickleRef ref)
{
    return const_cast<PickleRecord*>(std::as_const(*this).record(ref));
}

const PickleItems* PickleHeap::attributes(PickleRef ref) const
{
    const PickleRecord* object = record(ref);
    if (!object || !object->state)
        return nullptr;
    // With __slots__ a state is a pair: attributes, which may be None, and slots.
    const auto* pair = get<PickleTuple>(*object->state);
    const bool isPair = pair && pair->items.size() == 2;
    const auto* attributes = get<PickleDict>(isPair ? pair->items[0] : *object->state);
    if (isPair && !attributes)
        attributes = get<PickleDict>(pair->items[1]);
    return attributes ? &attributes->items : nullptr;
}

const PickleItems* PickleHeap::table(PickleRef ref) const
{
    if (const auto* dict = get<PickleDict>(ref))
        return &dict->items;
    const PickleRecord* object = record(ref);
    return object && !object->items.empty() ? &object->items : attributes(ref);
}

std::uint32_t PickleHeap::addName(std::string_view module, std::string_view name)
{
    std::string whole = std::string(module) + "." + std::string(name);
    if (const auto known = m_names.find(whole); known != m_names.end())
        return known->second;
    charge(whole.size() + sizeof(whole));
    const auto index = static_cast<std::uint32_t>(m_namesInOrder.size());
    m_namesInOrder.push_back(m_names.emplace(std::move(whole), index).first->first);
    return index;
}

std::string_view PickleHeap::nameOf(PickleRef ref) const
{
    // A record's callable was there before it, and nests only so deep.
    for (const PickleRecord* object = record(ref); object; object = record(ref))
        ref = object->callable;
    const auto* global = get<PickleGlobal>(ref);
    return global ? m_namesInOrder[global->name] : std::string_view();
}

const PickleRef* PickleHeap::find(const PickleItems& items, std::string_view key) const
{
    for (auto item = items.rbegin(); item != items.rend(); ++item)
        if (const auto* text = get<PickleText>(item->first); text && text->text == key)
            return &item->second;
    return nullptr;
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
