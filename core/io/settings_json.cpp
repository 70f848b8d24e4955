// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/settings_json.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

/// Keeps a value on the path for as long as its parts are converted.
class Inside {
public:
    Inside(std::vector<PickleRef>& path, PickleRef self) : m_path(path) { m_path.push_back(self); }
    ~Inside() { m_path.pop_back(); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

private:
    std::vector<PickleRef>& m_path;
};

/// Walks the settings once and counts: values that are shared become copies in JSON.
class SettingsConverter {
public:
    SettingsConverter(const PickleHeap& heap, std::span<const std::string_view> without)
        : m_heap(heap),
          m_without(without)
    {
    }

    std::optional<nlohmann::json> convert(PickleRef ref, int depth)
    {
        if (++m_values > limits::settings)
            tooLarge("values", limits::settings);
        // Settings that hold themselves, as vars(args) stored in args does, go round once.
        if (depth > limits::settingsDepth || std::find(m_path.begin(), m_path.end(), ref) != m_path.end())
            return std::nullopt;
        if (m_heap.get<PickleNone>(ref))
            return nlohmann::json();
        if (const auto* boolean = m_heap.get<bool>(ref))
            return *boolean;
        if (const auto* whole = m_heap.get<std::int64_t>(ref))
            return *whole;
        if (const auto* number = m_heap.get<double>(ref))
            return std::isfinite(*number) ? std::optional<nlohmann::json>(*number) : std::nullopt;
        if (const auto* text = m_heap.get<PickleText>(ref))
            return convertText(text->text);
        if (const auto* list = m_heap.get<PickleList>(ref))
            return convertList(list->items, ref, depth);
        if (const auto* tuple = m_heap.get<PickleTuple>(ref))
            return convertList(tuple->items, ref, depth);
        const PickleItems* table = m_heap.table(ref);
        return table ? convertTable(*table, ref, depth) : std::nullopt;
    }

private:
    std::optional<nlohmann::json> convertText(const std::string& text)
    {
        m_textBytes += text.size();
        if (m_textBytes > limits::settingsTextBytes)
            tooLarge("bytes of text", limits::settingsTextBytes);
        return isUtf8(text) ? std::optional<nlohmann::json>(text) : std::nullopt;
    }

    /// A list that lost one of its values would mislead, so it goes as a whole.
    std::optional<nlohmann::json> convertList(const std::vector<PickleRef>& items, PickleRef self, int depth)
    {
        const Inside inside(m_path, self);
        nlohmann::json list = nlohmann::json::array();
        for (const PickleRef item : items) {
            std::optional<nlohmann::json> value = convert(item, depth + 1);
            if (!value)
                return std::nullopt;
            list.push_back(std::move(*value));
        }
        return list;
    }

    /// Objects of other programs count by their attributes; omegaconf keeps each value in an object of its own.
    std::optional<nlohmann::json> convertTable(const PickleItems& items, PickleRef self, int depth)
    {
        const Inside inside(m_path, self);
        m_entries += items.size();
        if (m_entries > limits::settingsEntries)
            tooLarge("entries", limits::settingsEntries);
        if (const PickleRef* content = m_heap.record(self) ? contentOf(self, items) : nullptr)
            return convert(*content, depth + 1);
        nlohmann::json object = nlohmann::json::object();
        for (const auto& [key, value] : items) {
            const auto* name = m_heap.get<PickleText>(key);
            if (!name || (depth == 0 && isLeftOut(name->text)) || !convertText(name->text))
                continue;
            if (std::optional<nlohmann::json> converted = convert(value, depth + 1))
                object[name->text] = std::move(*converted);
        }
        return object;
    }

    const PickleRef* contentOf(PickleRef self, const PickleItems& attributes) const
    {
        if (!m_heap.nameOf(self).starts_with("omegaconf."))
            return nullptr;
        const PickleRef* content = m_heap.find(attributes, "_content");
        return content ? content : m_heap.find(attributes, "_val");
    }

    bool isLeftOut(std::string_view name) const
    {
        return std::find(m_without.begin(), m_without.end(), name) != m_without.end();
    }

    [[noreturn]] void tooLarge(const std::string& what, std::size_t limit) const
    {
        throw Error(ErrorCode::TooLarge, m_heap.subject(),
                    "its settings have more than " + std::to_string(limit) + " " + what);
    }

    const PickleHeap& m_heap;
    std::span<const std::string_view> m_without;
    std::vector<PickleRef> m_path; // the values that are being converted, outermost first
    std::size_t m_values = 0;
    std::size_t m_textBytes = 0;
    std::size_t m_entries = 0;
};

} // namespace

nlohmann::json settingsAsJson(const PickleHeap& heap, PickleRef settings, std::span<const std::string_view> without)
{
    return heap.table(settings) ? SettingsConverter(heap, without).convert(settings, 0).value_or(nullptr) : nullptr;
}

nlohmann::json valueAsJson(const PickleHeap& heap, PickleRef value)
{
    return SettingsConverter(heap, {}).convert(value, 0).value_or(nullptr);
}

} // namespace ocellus
