// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/pickled_module.h"
#include "core/io/settings_json.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestText = 200;

/// What torch.nn.Module itself keeps in every instance.
constexpr std::array<std::string_view, 6> ownTables{"_parameters", "_buffers", "_modules",
                                                    "_backend",    "training", "_non_persistent_buffers_set"};

/// More of them come with every version of PyTorch.
bool isBookkeeping(std::string_view name)
{
    return std::ranges::find(ownTables, name) != ownTables.end() || name.ends_with("_hooks") ||
           name.ends_with("_hook") || name.ends_with("_hooks_with_kwargs") || name.ends_with("_hooks_always_called");
}

class FactReader {
public:
    explicit FactReader(const PickleHeap& heap) : m_heap(heap) {}

    Json run(PickleRef module)
    {
        Json facts{{"class", std::string(m_heap.nameOf(module))},
                   {"attributes", attributesOf(module)},
                   {"objects", Json::object()},
                   {"tables", Json::object()},
                   {"modules", Json::object()}};
        for (const auto& [key, value] : *m_heap.attributes(module)) {
            const auto* name = m_heap.get<PickleText>(key);
            if (!name || isBookkeeping(name->text) || !isShort(name->text))
                continue;
            if (const std::string_view object = m_heap.nameOf(value); !object.empty()) {
                count(1);
                facts["objects"][name->text] = std::string(object);
            }
            if (Json table = tableByObjects(value); !table.empty())
                facts["tables"][name->text] = std::move(table);
        }
        addModules(module, {}, facts["modules"]);
        return facts;
    }

private:
    /// Of a program's own objects anything may hang there, and it is not worth a good model.
    Json attributesOf(PickleRef module) const
    {
        Json attributes;
        try {
            attributes = settingsAsJson(m_heap, module, ownTables);
        } catch (const Error&) {
            attributes = nullptr;
        }
        if (!attributes.is_object())
            return Json::object();
        for (auto item = attributes.begin(); item != attributes.end();)
            item = isBookkeeping(item.key()) ? attributes.erase(item) : std::next(item);
        return attributes;
    }

    /// [[{the key's attributes}, value], ...]; null where not all keys are objects.
    Json tableByObjects(PickleRef ref)
    {
        const auto* dict = m_heap.get<PickleDict>(ref);
        const auto isObject = [this](const auto& item) { return m_heap.attributes(item.first) != nullptr; };
        if (!dict || dict->items.empty() || !std::ranges::all_of(dict->items, isObject))
            return {};
        Json table = Json::array();
        for (const auto& [key, value] : dict->items) {
            const std::optional<Json> plain = scalar(value);
            if (!plain)
                return {};
            count(1);
            table.push_back(Json::array({scalarsOf(key), *plain}));
        }
        return table;
    }

    void addModules(PickleRef module, const std::string& prefix, Json& modules)
    {
        const PickleItems& attributes = *m_heap.attributes(module);
        if (Json own = prefix.empty() ? Json() : scalarsOf(module); !own.empty())
            modules[prefix] = std::move(own);
        const PickleRef* table = m_heap.find(attributes, "_modules");
        const auto* children = table ? m_heap.get<PickleDict>(*table) : nullptr;
        for (std::size_t i = 0; children && i < children->items.size(); ++i)
            if (const auto* name = m_heap.get<PickleText>(children->items[i].first);
                name && isModule(m_heap, children->items[i].second)) {
                count(1);
                addModules(children->items[i].second, prefix + (prefix.empty() ? "" : ".") + name->text, modules);
            }
    }

    Json scalarsOf(PickleRef object)
    {
        Json scalars = Json::object();
        const PickleItems* attributes = m_heap.attributes(object);
        for (std::size_t i = 0; attributes && i < attributes->size(); ++i) {
            const auto& [key, value] = (*attributes)[i];
            const auto* name = m_heap.get<PickleText>(key);
            if (!name || isBookkeeping(name->text) || !isShort(name->text))
                continue;
            if (std::optional<Json> plain = scalar(value)) {
                count(1);
                scalars[name->text] = std::move(*plain);
            }
        }
        return scalars;
    }

    std::optional<Json> scalar(PickleRef ref) const
    {
        if (const auto* boolean = m_heap.get<bool>(ref))
            return *boolean;
        if (const auto* whole = m_heap.get<std::int64_t>(ref))
            return *whole;
        if (const auto* number = m_heap.get<double>(ref); number && std::isfinite(*number))
            return *number;
        if (const auto* text = m_heap.get<PickleText>(ref); text && isShort(text->text))
            return text->text;
        return std::nullopt;
    }

    static bool isShort(const std::string& text) { return text.size() <= longestText && isUtf8(text); }

    void count(std::size_t more)
    {
        m_values += more;
        if (m_values > limits::moduleFacts)
            throw Error(ErrorCode::TooLarge, m_heap.subject(),
                        "its modules have more than " + std::to_string(limits::moduleFacts) + " attributes");
    }

    const PickleHeap& m_heap;
    std::size_t m_values = 0;
};

} // namespace

Json moduleFacts(const PickleHeap& heap, PickleRef module)
{
    return FactReader(heap).run(module);
}

} // namespace ocellus
