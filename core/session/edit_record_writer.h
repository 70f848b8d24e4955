// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/edit/picture_edits.h"

namespace ocellus {

/// Writes what is done to pictures as records of one file. Each tells a picture's whole state, but the content only of
/// what was not in the record before; all else is named by its number. So a record is small, needs no earlier one for
/// the order of things, and where one is damaged no more is lost than the contents that it alone had.
///
///     {"picture": path, "edits": [number or {"id": number, "edit": edit}], "selection": null, number or
///      {"id", "mask"}, "masks": [number or {"id", "mask": named}]}
class EditRecordWriter {
public:
    nlohmann::json record(const std::filesystem::path& picture, const PictureEdits& edits);

private:
    /// As in the last record of a picture.
    struct Known {
        PictureEdits state;
        std::vector<std::uint64_t> edits, masks;
        std::uint64_t selection = 0;
    };

    template <class Item>
    nlohmann::json list(const std::vector<Item>& items, const char* key, const std::vector<Item>& before,
                        std::vector<std::uint64_t>& numbers);

    std::map<std::filesystem::path, Known> m_known;
    std::uint64_t m_last = 0;
};

} // namespace ocellus
