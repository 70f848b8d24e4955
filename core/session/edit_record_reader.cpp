// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/edit_record_reader.h"

#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/edit/edit_change.h"

namespace ocellus {

using nlohmann::json;

namespace {

std::uint64_t numberOf(const SessionReader& reader, const json& value)
{
    if (!value.is_number_unsigned())
        reader.fail("expected a whole number of at least 0 as \"id\"");
    return value.get<std::uint64_t>();
}

/// One item of a list: its content, or that of the same number in `before`; nothing where that is lost.
template <class Item, class Parse>
std::optional<Item> itemOf(const SessionReader& reader, const json& value, const char* key,
                           const std::map<std::uint64_t, Item>& before, std::map<std::uint64_t, Item>& now,
                           const Parse& parse)
{
    if (value.is_object()) {
        reader.requireKeys(value, "an item", {"id", key});
        return now.insert_or_assign(numberOf(reader, value["id"]), parse(value[key])).first->second;
    }
    const auto found = before.find(numberOf(reader, value));
    if (found == before.end())
        return std::nullopt;
    return now.insert_or_assign(found->first, found->second).first->second;
}

} // namespace

EditRecordReader::Read EditRecordReader::read(SessionReader& reader, const json& value)
{
    reader.requireKeys(value, "the edits of a picture", {"picture", "edits", "selection", "masks"});
    Read result;
    result.change.picture = reader.path(value["picture"]);
    const Contents& before = m_contents[result.change.picture];
    Contents now;
    reader.requireArray(value["edits"], "edits", maxEdits);
    for (const json& item : value["edits"]) {
        const auto edit = itemOf(reader, item, "edit", before.edits, now.edits,
                                 [&reader](const json& content) { return reader.edit(content); });
        if (edit)
            result.change.edits.edits.push_back(*edit);
        else
            ++result.lost;
    }
    reader.requireArray(value["masks"], "masks", maxMasks);
    for (const json& item : value["masks"]) {
        const auto mask = itemOf(reader, item, "mask", before.masks, now.masks,
                                 [&reader](const json& content) { return reader.namedMask(content); });
        if (mask)
            result.change.edits.masks.push_back(*mask);
        else
            ++result.lost;
    }
    if (!value["selection"].is_null()) {
        const auto mask = itemOf(reader, value["selection"], "mask", before.selections, now.selections,
                                 [&reader](const json& content) { return reader.mask(content); });
        result.change.edits.selection = mask.value_or(Mask());
        result.lost += mask ? 0 : 1;
    }
    m_contents[result.change.picture] = std::move(now);
    return result;
}

} // namespace ocellus
