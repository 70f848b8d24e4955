// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickled_module.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

using TensorPointer = std::shared_ptr<const PickleTensor>;

const PickleItems noItems;

/// A table among a module's attributes; an empty one where it has none of that name.
const PickleItems& tableOf(const PickleHeap& heap, const PickleItems& attributes, std::string_view name)
{
    const PickleRef* found = heap.find(attributes, name);
    const auto* dict = found ? heap.get<PickleDict>(*found) : nullptr;
    return dict ? dict->items : noItems;
}

/// Walks a module and all below it, each as often as it is named, as PyTorch does.
class TensorWalk {
public:
    TensorWalk(const PickleHeap& heap, std::size_t& entries) : m_heap(heap), m_entries(entries) {}

    std::vector<ModuleTensor> run(PickleRef module)
    {
        visit(module, {});
        return std::move(m_found);
    }

private:
    void visit(PickleRef module, const std::string& prefix)
    {
        if (std::ranges::find(m_path, module) != m_path.end())
            throw Error(ErrorCode::Damaged, m_heap.subject(), "the module " + excerpt(prefix) + " lies in itself");
        if (m_path.size() >= static_cast<std::size_t>(limits::moduleDepth))
            tooLarge("its modules are nested deeper than " + std::to_string(limits::moduleDepth) + " levels");
        const PickleItems& attributes = *m_heap.attributes(module);
        count(attributes.size());
        m_path.push_back(module);
        take(attributes, "_parameters", prefix);
        take(attributes, "_buffers", prefix);
        for (const auto& [key, child] : tableOf(m_heap, attributes, "_modules")) {
            const PickleItems* inner = m_heap.attributes(child);
            count(inner ? inner->size() : 0);
            if (const auto* name = m_heap.get<PickleText>(key); name && isModule(m_heap, child))
                visit(child, joined(prefix, name->text) + ".");
        }
        m_path.pop_back();
    }

    void take(const PickleItems& attributes, std::string_view table, const std::string& prefix)
    {
        const PickleItems& items = tableOf(m_heap, attributes, table);
        count(items.size());
        const std::vector<PickleRef>* passing = table == "_buffers" ? passingBuffers(attributes) : nullptr;
        for (const auto& [key, value] : items) {
            const auto* name = m_heap.get<PickleText>(key);
            const auto* tensor = m_heap.get<TensorPointer>(value);
            if (!name || !tensor || (passing && isAmong(*passing, name->text)))
                continue;
            m_nameBytes += prefix.size() + name->text.size();
            if (m_nameBytes > limits::pickleBuiltBytes || m_found.size() >= limits::tensors)
                tooLarge("its modules have more than " + std::to_string(limits::tensors) + " tensors, or names of " +
                         std::to_string(limits::pickleBuiltBytes) + " bytes");
            m_found.push_back({joined(prefix, name->text), *tensor});
        }
    }

    /// Names of the buffers that no state dict has; null before PyTorch 1.4.
    const std::vector<PickleRef>* passingBuffers(const PickleItems& attributes) const
    {
        const PickleRef* set = m_heap.find(attributes, "_non_persistent_buffers_set");
        const auto* list = set ? m_heap.get<PickleList>(*set) : nullptr;
        const auto* tuple = set ? m_heap.get<PickleTuple>(*set) : nullptr;
        return list ? &list->items : tuple ? &tuple->items : nullptr;
    }

    bool isAmong(const std::vector<PickleRef>& names, const std::string& name)
    {
        count(names.size());
        return std::ranges::any_of(names, [&](PickleRef ref) {
            const auto* text = m_heap.get<PickleText>(ref);
            return text && text->text == name;
        });
    }

    std::string joined(const std::string& prefix, const std::string& name) const
    {
        if (prefix.size() + name.size() > limits::tensorNameBytes)
            throw Error(ErrorCode::Damaged, m_heap.subject(),
                        "the name of a module or tensor has " + std::to_string(prefix.size() + name.size()) +
                            " bytes, at most " + std::to_string(limits::tensorNameBytes) + " are read");
        return prefix + name;
    }

    void count(std::size_t more)
    {
        m_entries += more + 1;
        if (m_entries > limits::moduleEntries)
            tooLarge("its modules have more than " + std::to_string(limits::moduleEntries) +
                     " entries, those that several share counted each time");
    }

    [[noreturn]] void tooLarge(const std::string& detail) const
    {
        throw Error(ErrorCode::TooLarge, m_heap.subject(), detail);
    }

    const PickleHeap& m_heap;
    std::size_t& m_entries;
    std::vector<PickleRef> m_path; // the modules that are being visited, outermost first
    std::vector<ModuleTensor> m_found;
    std::size_t m_nameBytes = 0;
};

} // namespace

bool isModule(const PickleHeap& heap, PickleRef ref)
{
    const PickleItems* attributes = heap.attributes(ref);
    return attributes && attributes->size() <= limits::moduleAttributes && heap.find(*attributes, "_parameters") &&
           heap.find(*attributes, "_modules");
}

std::vector<ModuleTensor> moduleTensors(const PickleHeap& heap, PickleRef module, std::size_t& entries)
{
    return TensorWalk(heap, entries).run(module);
}

PickleRef moduleAt(const PickleHeap& heap, PickleRef module, std::string_view prefix)
{
    while (!prefix.empty()) {
        const std::string_view part = prefix.substr(0, prefix.find('.'));
        prefix.remove_prefix(std::min(prefix.size(), part.size() + 1));
        const PickleRef* child = heap.find(tableOf(heap, *heap.attributes(module), "_modules"), part);
        if (!child || !isModule(heap, *child))
            break;
        module = *child;
    }
    return module;
}

std::vector<ModuleTensor> attributeTensors(const PickleHeap& heap, PickleRef module)
{
    std::vector<ModuleTensor> found;
    for (const auto& [key, value] : *heap.attributes(module)) {
        const auto* name = heap.get<PickleText>(key);
        const auto* tensor = heap.get<TensorPointer>(value);
        if (name && tensor && name->text.size() < limits::tensorNameBytes && found.size() < limits::tensors)
            found.push_back({"." + name->text, *tensor});
    }
    return found;
}

} // namespace ocellus
