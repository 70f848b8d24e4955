// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/edit_record_writer.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "core/edit/edit_json.h"
#include "core/session/session_writer.h"

namespace ocellus {

using nlohmann::json;

namespace {

/// Where the item is in the list; looks first from `start` on, because most of a list stays in its order. The size of
/// the list where it is not.
template <class Item>
std::size_t placeOf(const Item& item, const std::vector<Item>& items, std::size_t start)
{
    for (std::size_t step = 0; step < items.size(); ++step)
        if (const std::size_t place = (start + step) % items.size(); items[place] == item)
            return place;
    return items.size();
}

} // namespace

template <class Item>
json EditRecordWriter::list(const std::vector<Item>& items, const char* key, const std::vector<Item>& before,
                            std::vector<std::uint64_t>& numbers)
{
    json result = json::array();
    std::vector<std::uint64_t> now;
    std::size_t next = 0;
    for (const Item& item : items) {
        const std::size_t place = placeOf(item, before, next);
        if (place < before.size()) {
            now.push_back(numbers[place]);
            result.push_back(now.back());
            next = place + 1;
        } else {
            now.push_back(++m_last);
            result.push_back({{"id", m_last}, {key, jsonOf(item)}});
        }
    }
    numbers = std::move(now);
    return result;
}

json EditRecordWriter::record(const std::filesystem::path& picture, const PictureEdits& edits)
{
    Known& known = m_known[picture];
    json value{{"picture", jsonOfPath(picture)},
               {"edits", list(edits.edits, "edit", known.state.edits, known.edits)},
               {"selection", nullptr},
               {"masks", list(edits.masks, "mask", known.state.masks, known.masks)}};
    if (!edits.selection.isNone()) {
        if (known.selection != 0 && edits.selection == known.state.selection)
            value["selection"] = known.selection;
        else
            value["selection"] = {{"id", ++m_last}, {"mask", jsonOf(edits.selection)}};
    }
    known.selection = edits.selection.isNone() ? 0 : value["selection"].is_object() ? m_last : known.selection;
    known.state = edits;
    return value;
}

} // namespace ocellus
