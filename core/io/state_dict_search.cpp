// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/state_dict_search.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "core/io/limits.h"
#include "core/io/pickled_module.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

using TensorPointer = std::shared_ptr<const PickleTensor>;

class Search {
public:
    explicit Search(const PickleHeap& heap) : m_heap(heap), m_seen(heap.size(), false) {}

    StateDictsFound run(PickleRef root)
    {
        enqueue(root, {});
        for (std::size_t next = 0; next < m_places.size(); ++next)
            visit(next);
        return std::move(m_found);
    }

private:
    /// Where a value lies. Paths are put together only for what is found: a million of them would fill the memory.
    struct Place {
        PickleRef ref = 0;
        std::size_t parent = 0; // in m_places; of the root its own
        int depth = 0;
        std::optional<PickleRef> key = {};     // below the parent
        std::optional<std::size_t> index = {}; // the same where that is a list
    };

    void visit(std::size_t at)
    {
        const PickleRef ref = m_places[at].ref;
        if (const auto* dict = m_heap.get<PickleDict>(ref))
            return visitItems(dict->items, at);
        if (const auto* list = m_heap.get<PickleList>(ref))
            return visitMembers(list->items, at);
        if (const auto* tuple = m_heap.get<PickleTuple>(ref))
            return visitMembers(tuple->items, at);
        if (const PickleRecord* record = m_heap.record(ref))
            visitRecord(*record, at);
    }

    void visitItems(const PickleItems& items, std::size_t at)
    {
        // Its moments are tensors by name as well.
        if (m_heap.find(items, "param_groups") && m_heap.find(items, "state"))
            return;
        const bool anyTensor = std::any_of(items.begin(), items.end(), [&](const auto& item) {
            return m_heap.get<PickleText>(item.first) && m_heap.get<TensorPointer>(item.second);
        });
        if (anyTensor && m_found.dicts.size() < limits::stateDicts)
            m_found.dicts.push_back({pathTo(at), m_places[at].depth, &items});
        for (const auto& [key, value] : items)
            enqueue(value, {.parent = at, .key = key});
    }

    void visitMembers(const std::vector<PickleRef>& members, std::size_t at)
    {
        for (std::size_t i = 0; i < members.size(); ++i)
            enqueue(members[i], {.parent = at, .index = i});
    }

    /// What an object holds lies under the object's own key.
    void visitRecord(const PickleRecord& record, std::size_t at)
    {
        if (isModule(m_heap, m_places[at].ref)) {
            if (m_found.modules.size() < limits::stateDicts)
                m_found.modules.push_back({pathTo(at), m_places[at].depth, m_places[at].ref});
            return;
        }
        visitItems(record.items, at);
        visitMembers(record.members, at);
        if (record.state)
            enqueue(*record.state, {.parent = at});
        enqueue(record.arguments, {.parent = at});
    }

    void enqueue(PickleRef ref, Place place)
    {
        place.ref = ref;
        place.depth = m_places.empty() ? 0 : m_places[place.parent].depth + 1;
        if (m_seen[ref] || !holdsAnything(ref) || place.depth > limits::stateDictDepth ||
            m_places.size() >= limits::searchedValues)
            return;
        m_seen[ref] = true;
        m_places.push_back(place);
    }

    bool holdsAnything(PickleRef ref) const
    {
        if (const auto* dict = m_heap.get<PickleDict>(ref))
            return !dict->items.empty();
        if (const auto* list = m_heap.get<PickleList>(ref))
            return !list->items.empty();
        if (const auto* tuple = m_heap.get<PickleTuple>(ref))
            return !tuple->items.empty();
        return m_heap.record(ref) != nullptr;
    }

    std::string pathTo(std::size_t at) const
    {
        std::string path;
        for (; at != 0; at = m_places[at].parent) {
            const Place& place = m_places[at];
            if (place.key || place.index)
                path =
                    (place.key ? keyText(*place.key) : std::to_string(*place.index)) + (path.empty() ? "" : "/") + path;
        }
        return path.empty() ? "/" : path;
    }

    std::string keyText(PickleRef key) const
    {
        if (const auto* text = m_heap.get<PickleText>(key))
            return excerpt(text->text);
        const auto* number = m_heap.get<std::int64_t>(key);
        return number ? std::to_string(*number) : "?";
    }

    const PickleHeap& m_heap;
    std::vector<bool> m_seen;
    std::vector<Place> m_places; // those before the one that is visited are done
    StateDictsFound m_found;
};

} // namespace

StateDictsFound findStateDicts(const PickleHeap& heap, PickleRef root)
{
    return Search(heap).run(root);
}

StateDictCandidate candidateOf(const PickleHeap& heap, const FoundStateDict& dict)
{
    return {dict.path, dict.depth, [&heap, items = dict.items](const StateDictCandidate::Visitor& visit) {
                for (const auto& [key, value] : *items)
                    if (const auto* name = heap.get<PickleText>(key); name && heap.get<TensorPointer>(value))
                        visit(name->text);
            }};
}

} // namespace ocellus
